//! Due moments a second on one core (到期时刻测速): `cargo run --release -p huiyin-calendar --example due_bench`.

use std::hint::black_box;

use calendar::{Calendar, Moment, Span, Zone};

const ROUNDS: i64 = 4_000_000;

const YEARS: [&str; 7] = [
    include_str!("../../../calendars/cn/2020.toml"),
    include_str!("../../../calendars/cn/2021.toml"),
    include_str!("../../../calendars/cn/2022.toml"),
    include_str!("../../../calendars/cn/2023.toml"),
    include_str!("../../../calendars/cn/2024.toml"),
    include_str!("../../../calendars/cn/2025.toml"),
    include_str!("../../../calendars/cn/2026.toml"),
];

#[expect(clippy::disallowed_methods, reason = "a measurement needs the clock")]
fn main() {
    let calendar = Calendar::of_years(&YEARS).expect("the year texts are sound");
    let mixed =
        [Span::Seconds(14_400), Span::Days(0), Span::Days(3), Span::Workdays(3), Span::Months(1), Span::Workdays(20)];
    let cases: [(&str, &[Span], bool); 5] = [
        ("mixed", &mixed, false),
        ("mixed, moved by rest days", &mixed, true),
        ("days", &mixed[2..3], false),
        ("working days", &mixed[3..4], false),
        ("months", &mixed[4..5], false),
    ];
    for name in ["Asia/Shanghai", "Europe/Berlin"] {
        let zone = Zone::named(name).expect("bundled");
        for (what, spans, roll) in cases {
            let begun = std::time::Instant::now();
            for round in 0..ROUNDS {
                // Openings spread over 2021 to 2026, in no order.
                let from = Moment(1_609_459_200_000_000 + round * 7_919_000_003 % 189_216_000_000_000);
                let span = spans[round as usize % spans.len()];
                black_box(calendar.due_at(&zone, black_box(from), span, roll));
            }
            let per_second = ROUNDS as u128 * 1_000_000_000 / begun.elapsed().as_nanos().max(1);
            println!("{name:15} {what:28} {per_second:>12} due moments/s");
        }
    }
}
