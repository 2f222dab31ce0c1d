"""An answer in the forms it leaves the product in: JSON, terminal, proof, LlamaIndex."""
