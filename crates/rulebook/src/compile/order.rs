//! The order in which rules are run (先后): a rule that counts from another's due moment comes after it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::compile::plan::{Anchor, Plan, Start, Term, Work};
use crate::model::Book;
use crate::problem::Problem;

/// Places of the plans, referred ones first. A circle is reported; its rules keep the order of the book.
pub fn by_reference(plans: &[Plan], books: &[Arc<Book>], problems: &mut Vec<Problem>) -> Vec<usize> {
    let mut by_key: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (place, plan) in plans.iter().enumerate() {
        by_key.entry(plan.key).or_default().push(place);
    }
    let mut walk = Walk { plans, by_key, state: vec![State::New; plans.len()], order: Vec::new(), circles: Vec::new() };
    for place in 0..plans.len() {
        walk.visit(place);
    }
    for place in walk.circles {
        let (book, clause, rule) = plans[place].place;
        let clause = &books[book].clauses[clause];
        let id = &clause.rules[rule].id;
        let sentence = format!("条款 `{}` 的期限绕了一圈又从自己算起", id.value);
        problems.push(Problem::error(&clause.path, id.span.clone(), sentence));
    }
    walk.order
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

struct Walk<'a> {
    plans: &'a [Plan],
    by_key: BTreeMap<u64, Vec<usize>>,
    state: Vec<State>,
    order: Vec<usize>,
    circles: Vec<usize>,
}

impl Walk<'_> {
    fn visit(&mut self, place: usize) {
        match self.state[place] {
            State::Done => return,
            State::Open => return self.circles.push(place),
            State::New => self.state[place] = State::Open,
        }
        for key in referred(&self.plans[place]) {
            for other in self.by_key.get(&key).cloned().unwrap_or_default() {
                self.visit(other);
            }
        }
        self.state[place] = State::Done;
        self.order.push(place);
    }
}

/// Keys of the rules whose due moments, or whose place, a plan needs.
fn referred(plan: &Plan) -> Vec<u64> {
    let anchors: Vec<&Anchor> = match &plan.work {
        Work::Deadline(deadline) => term(&deadline.term).into_iter().chain(&deadline.not_before).collect(),
        Work::Escalation(escalation) => term(&escalation.term),
        Work::Right(right) => term(&right.term),
        Work::Rate(rate) => term(&rate.term),
        Work::Block(block) => block.not_before.iter().chain(block.not_after.iter().map(|(_, anchor)| anchor)).collect(),
        _ => Vec::new(),
    };
    let mut keys = plan.overridden_by.clone();
    for anchor in anchors {
        if let Start::ClauseDue(named) = &anchor.start {
            keys.extend(named);
        }
    }
    keys
}

fn term(term: &Term) -> Vec<&Anchor> {
    match term {
        Term::Due(anchor) => vec![anchor],
        Term::Within(_) | Term::None => Vec::new(),
    }
}
