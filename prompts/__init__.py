"""The templates of the calls of a language model; read by `assistant.prompt` alone."""
