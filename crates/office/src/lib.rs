//! What happens in a property office: one folder per noun, decide and evolve. Pure.
