//! Laws of derivation, on random histories.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;

/// Rules of many kinds, so that a history touches several.
const RULES: &str = "[[deadline]]\nid = \"1\"\nsummary = \"试\"\nfrom = \"受理\"\nmust = [\"处理完毕\", \"答复\"]\n\
     within = \"4 小时\"\nclosing = \"结案\"\nwhen = { \"类别\" = \"非 三类\" }\nalert = \"领导\"\n\
    [[deadline]]\nid = \"2\"\nsummary = \"试\"\nfrom = \"处理完毕\"\nmust = \"回访\"\nwithin = \"2 天\"\n\
         pause = { from = \"暂停\", to = \"恢复\", then = \"续计\" }\n\
    [[escalation]]\nid = \"3\"\nsummary = \"试\"\nfrom = \"受理\"\nat = \"条款 1 到期\"\nto = \"领导\"\n\
    [[right]]\nid = \"4\"\nsummary = \"试\"\nwho = \"客服\"\nfrom = \"受理\"\nmay = \"报告领导\"\nopens = \"条款 1 到期 后 2 天\"\n\
         until = [\"答复\"]\n\
    [[block]]\nid = \"5\"\nsummary = \"试\"\nact = \"结案\"\nuntil = [\"答复\"]\nafter = \"退回\"\n\
    [[rate]]\nid = \"6\"\nsummary = \"试\"\nof = \"处理完毕\"\nmust = \"回访\"\nwithin = \"2 天\"\nat_least = \"60%\"\n\
         per = [\"月\", \"周\"]\nlate_counts = true\n\
    [[classify]]\nid = \"7\"\nsummary = \"试\"\nground = \"原因\"\ngives = \"类别\"\n\
         values = [{ when = [\"服务\"], class = \"一类\" }, { when = [\"外部\"], class = \"三类\" }]\n";

static LAW: LazyLock<Law> = LazyLock::new(|| law(RULES));

const NAMES: [&str; 9] = [
    "complaint.received",
    "complaint.handled",
    "complaint.replied",
    "complaint.visited",
    "complaint.refused",
    "case.closed",
    "case.paused",
    "case.resumed",
    "case.withdrawn",
];

fn history() -> impl Strategy<Value = Vec<Fact>> {
    let fact = (0..NAMES.len(), 0i64..30 * 24 * 4, 0u8..6);
    prop::collection::vec(fact, 0..14).prop_map(|facts| {
        let start = at("2026-11-01 00:00");
        let fact = |(seq, (name, quarter, attribute)): (usize, (usize, i64, u8))| {
            let happened = start.plus_seconds(quarter * 900);
            let pair = match attribute {
                0 => Some(("complaint.class", "first")),
                1 => Some(("complaint.class", "third")),
                2 => Some(("complaint.cause", "service、outside")),
                _ => None,
            };
            Fact {
                seq: seq as i64,
                name: NAMES[name].to_owned(),
                at: happened,
                entered: happened,
                by: Vec::new(),
                person: String::new(),
                attributes: pair.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
            }
        };
        facts.into_iter().enumerate().map(fact).collect()
    })
}

fn end() -> Moment {
    at("2026-12-31 00:00")
}

proptest! {
    #[test]
    fn the_order_of_entry_does_not_matter(facts in history(), turn in 0usize..14) {
        let law = &*LAW;
        let mut turned = facts.clone();
        if !turned.is_empty() {
            let by = turn % turned.len();
            turned.rotate_left(by);
        }
        turned.reverse();
        prop_assert_eq!(law.derive("甲", &facts, end()), law.derive("甲", &turned, end()));
    }

    #[test]
    fn facts_of_later_change_nothing(facts in history(), look in 0i64..30 * 24) {
        let law = &*LAW;
        let as_of = at("2026-11-01 00:00").plus_seconds(look * 3600);
        let seen: Vec<Fact> = facts.iter().filter(|fact| fact.at <= as_of).cloned().collect();
        prop_assert_eq!(law.derive("甲", &facts, as_of), law.derive("甲", &seen, as_of));
    }

    #[test]
    fn what_was_done_stays_done_when_time_goes_on(facts in history(), look in 0i64..30 * 24) {
        let law = &*LAW;
        let as_of = at("2026-11-01 00:00").plus_seconds(look * 3600);
        let later = law.derive("甲", &facts, end());
        for one in law.derive("甲", &facts, as_of).obligations {
            // What fell away comes back when its condition does.
            let ended = !matches!(one.state, State::Open | State::Overdue | State::NotApplicable);
            let then = later.obligations.iter().find(|other| other.id == one.id);
            if ended {
                let then = then.map(|then| (then.state, then.due, then.ended));
                prop_assert_eq!(then, Some((one.state, one.due, one.ended)));
            } else {
                prop_assert!(then.is_some());
            }
        }
    }

    #[test]
    fn nothing_changes_before_the_next_change(facts in history(), look in 0i64..30 * 24) {
        let law = &*LAW;
        let as_of = at("2026-11-01 00:00").plus_seconds(look * 3600);
        let seen: Vec<Fact> = facts.into_iter().filter(|fact| fact.at <= as_of).collect();
        let now = law.derive("甲", &seen, as_of);
        let until = now.next_change.unwrap_or(end()).plus_micros(-1).max(as_of);
        let mut then = law.derive("甲", &seen, until);
        then.next_change = now.next_change;
        prop_assert_eq!(&now, &then);
        if let Some(next) = now.next_change {
            prop_assert!(next > as_of);
            let mut changed = law.derive("甲", &seen, next);
            changed.next_change = now.next_change;
            prop_assert_ne!(now, changed);
        }
    }

    #[test]
    fn act_by_act_is_the_same_as_all_at_once(subjects in prop::collection::vec(history(), 1..5)) {
        // Rows of each subject are replaced with each act; at the end they are those of a look at the whole site.
        let law = &*LAW;
        let of_subject =
            |(n, facts): (usize, &Vec<Fact>)| facts.iter().cloned().map(|fact| (n, fact)).collect::<Vec<_>>();
        let mut acts: Vec<(usize, Fact)> = subjects.iter().enumerate().flat_map(of_subject).collect();
        acts.sort_by_key(|(subject, fact)| (fact.at, *subject, fact.seq));
        let mut known: Vec<Vec<Fact>> = vec![Vec::new(); subjects.len()];
        let mut rows: Vec<Vec<crate::Member>> = vec![Vec::new(); subjects.len()];
        for (subject, fact) in acts {
            known[subject].push(fact);
            rows[subject] = law.derive(&format!("{subject}"), &known[subject], end()).members;
        }
        let look = |(n, facts): (usize, &Vec<Fact>)| law.derive(&format!("{n}"), facts, end()).members;
        let batch: Vec<crate::Member> = subjects.iter().enumerate().flat_map(look).collect();
        let merged: Vec<crate::Member> = rows.into_iter().flatten().collect();
        prop_assert_eq!(&batch, &merged);
        let clause = crate::ClauseRef { book: "book".into(), id: "6".into() };
        let figure = law.figure(&clause, "2026-11", batch.iter(), end());
        prop_assert!(figure.done <= figure.base && figure.in_time <= figure.done);
        prop_assert_eq!(figure.on_target, (figure.base > 0).then_some(figure.done * 10 >= figure.base * 6));
    }

    #[test]
    fn lean_and_full_agree(facts in history()) {
        let law = &*LAW;
        let mut interned: Vec<crate::Interned> = facts.iter().rev().map(|fact| law.intern(fact)).collect();
        let mut lean = crate::Lean::default();
        law.derive_lean(&mut interned, end(), &mut lean);
        let full = law.derive("甲", &facts, end());
        let lean_one = |one: &crate::LeanObligation| (one.opened, one.due, one.state);
        let full_one = |one: &crate::Obligation| (one.opened, one.due, one.state);
        let mut states: Vec<(Moment, Option<Moment>, State)> = lean.obligations.iter().map(lean_one).collect();
        let mut known: Vec<(Moment, Option<Moment>, State)> = full.obligations.iter().map(full_one).collect();
        states.sort();
        known.sort();
        prop_assert_eq!(states, known);
        prop_assert_eq!(lean.members.len(), full.members.len());
    }

    #[test]
    fn a_refused_act_is_allowed_once_what_is_missing_is_there(facts in history()) {
        let law = &*LAW;
        let close = &super::facts(&["2026-12-30 10:00 结案"])[0];
        let refusals = law.refusals(&facts, close);
        let mut helped = facts.clone();
        for (place, id) in refusals.iter().flat_map(|block| &block.missing).enumerate() {
            let mut fact = super::facts(&["2026-12-29 10:00 答复"]).remove(0);
            prop_assert_eq!(id, &fact.name);
            fact.seq = 1000 + place as i64;
            helped.push(fact);
        }
        prop_assert!(law.refusals(&helped, close).is_empty());
    }
}
