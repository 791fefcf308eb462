//! A seeded estate that lives: demo data, load, what-if.
