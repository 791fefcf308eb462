//! Seeded chance: the same seed gives the same run. The seed is printed; set `HUIYIN_TEST_SEED` to repeat a run.

/// A small generator (splitmix64), good enough to choose moments and orders.
pub struct Chance(u64);

impl Chance {
    /// From the environment, or from the number of this process; printed either way.
    pub fn new(what: &str) -> Chance {
        let given = std::env::var("HUIYIN_TEST_SEED").ok().and_then(|text| text.parse().ok());
        let seed = given.unwrap_or_else(|| u64::from(std::process::id()));
        println!("{what}: HUIYIN_TEST_SEED={seed}");
        Chance(seed)
    }

    /// A number from 0 to below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}
