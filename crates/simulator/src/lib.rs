//! A seeded estate (演示小区) that lives: demo data, load, what-if.
