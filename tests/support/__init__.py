"""What tests and benchmarks share: fakes, listeners, a browser, texts made up."""
