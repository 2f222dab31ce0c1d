"""The one way out to the network: addresses that may be fetched, and fetching them."""
