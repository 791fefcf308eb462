//! Pages, phone pages, print and JSON API. No SQL, no rules.
