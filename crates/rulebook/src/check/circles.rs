//! Circles (循环): routes, escalations and due moments that lead back to themselves; acts that wait for themselves.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Anchor, AnchorBase, Book, Clause, Kind, Limit, Rule};
use crate::problem::Problem;
use crate::words::Vocabulary;

/// Edges from name to names, each with the rule that makes it.
type Graph<'a> = BTreeMap<&'a str, Vec<(&'a str, &'a Clause, &'a Rule)>>;

/// Routes without condition, escalations from post to post, and due moments told from other clauses form no circle.
pub fn check(words: &Vocabulary, book: &Book, problems: &mut Vec<Problem>) {
    let (mut routes, mut posts, mut dues) = (Graph::new(), Graph::new(), Graph::new());
    for clause in &book.clauses {
        for rule in &clause.rules {
            match &rule.kind {
                Kind::Route(route) if route.when.is_empty() && route.on.is_none() && route.unless.is_none() => {
                    for from in &route.from {
                        routes.entry(&from.value).or_default().push((&route.go.value, clause, rule));
                    }
                }
                Kind::Escalation(escalation) => {
                    if let Some(who) = &rule.who {
                        posts.entry(&who.value).or_default().push((&escalation.to.value, clause, rule));
                        downwards(words, clause, rule, &who.value, &escalation.to.value, problems);
                    }
                }
                Kind::Block(block) if block.until.iter().any(|fact| fact.value == block.act.value) => {
                    let sentence = format!("`{}` 等的是它自己，永远做不成", block.act.value);
                    problems.push(Problem::error(&clause.path, block.act.span.clone(), sentence));
                }
                _ => {}
            }
            for id in due_of(&rule.kind) {
                dues.entry(&rule.id.value).or_default().push((id, clause, rule));
            }
        }
    }
    report(&routes, "去向绕成了一个圈", problems);
    report(&posts, "上报绕成了一个圈", problems);
    report(&dues, "到期时刻互相等待，绕成了一个圈", problems);
}

/// An escalation goes up, never to somebody who reports to its sender.
fn downwards(words: &Vocabulary, clause: &Clause, rule: &Rule, who: &str, to: &str, problems: &mut Vec<Problem>) {
    let (Some(sender), Some(receiver)) = (words.post(who), words.post(to)) else {
        return;
    };
    if words.answers_to(receiver, sender) {
        let sentence = format!("`{}` 由 {who} 上报给下级 {to}", rule.id.value);
        problems.push(Problem::warning(&clause.path, rule.id.span.clone(), sentence));
    }
}

/// Clauses from whose due moments a rule's own is told.
fn due_of(kind: &Kind) -> Vec<&str> {
    let anchor = match kind {
        Kind::Deadline(deadline) => anchor_of(&deadline.limit).or(deadline.not_before.as_ref()),
        Kind::Escalation(escalation) => anchor_of(&escalation.at),
        Kind::Rate(rate) => rate.due.as_ref(),
        Kind::Right(right) => anchor_of(&right.opens),
        _ => None,
    };
    match anchor.map(|anchor| &anchor.base) {
        Some(AnchorBase::ClauseDue(ids)) => ids.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

fn anchor_of(limit: &Limit) -> Option<&Anchor> {
    match limit {
        Limit::Due(anchor) => Some(anchor),
        Limit::Within(_) | Limit::None => None,
    }
}

/// Reports each circle once, at the rule that closes it.
fn report(graph: &Graph<'_>, sentence: &str, problems: &mut Vec<Problem>) {
    let mut told: BTreeSet<BTreeSet<&str>> = BTreeSet::new();
    for start in graph.keys() {
        let Some(path) = way_back(graph, start) else {
            continue;
        };
        if !told.insert(path.iter().copied().collect()) {
            continue;
        }
        let Some((_, clause, rule)) = graph[start].first() else {
            continue;
        };
        let sentence = format!("{sentence}：{} → {start}", path.join(" → "));
        problems.push(Problem::error(&clause.path, rule.id.span.clone(), sentence));
    }
}

/// The shortest way from `start` back to it.
fn way_back<'a>(graph: &Graph<'a>, start: &'a str) -> Option<Vec<&'a str>> {
    let mut seen = BTreeSet::new();
    let mut ways = vec![vec![start]];
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            let last = way.last().copied().unwrap_or(start);
            for (next, _, _) in graph.get(last).into_iter().flatten() {
                if *next == start {
                    return Some(way);
                }
                if seen.insert(*next) {
                    let mut way = way.clone();
                    way.push(next);
                    longer.push(way);
                }
            }
        }
        ways = longer;
    }
    None
}
