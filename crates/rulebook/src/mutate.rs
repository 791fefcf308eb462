//! Numbers changed by one (变异检查): each number of each rule, up and down; an example that covers the rule must notice.

mod numbers;

use std::sync::Arc;

use crate::example::Examiner;
use crate::law;
use crate::model::{Book, Clause, Example};
use crate::problem::Problem;

/// One change that a rule can suffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// The number as it was, in words.
    pub was: String,
    /// What it was changed to.
    pub now: String,
    /// The setting whose default it is.
    pub setting: Option<String>,
}

/// How many mutants there were, and what nobody noticed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mutation {
    /// Changes tried.
    pub tried: usize,
    /// One problem for each that no example noticed.
    pub survivors: Vec<Problem>,
}

impl Examiner<'_> {
    /// Changes each number of each rule of every book by one (spans by their unit or a minute, times by a minute,
    /// shares by one per cent, money by a yuan, the defaults of settings where a rule uses them) and runs the
    /// examples that cover the rule until one answers otherwise. Examples that fail as they stand prove nothing and
    /// are left out.
    pub fn mutate(&self) -> Mutation {
        let mut mutation = Mutation::default();
        for (place, book) in self.books().iter().enumerate() {
            let sound = self.sound_examples(place, book);
            for (clause_place, clause) in book.clauses.iter().enumerate() {
                for rule_place in 0..clause.rules.len() {
                    self.mutate_rule(place, (clause_place, rule_place), &sound, &mut mutation);
                }
            }
        }
        mutation
    }

    /// Examples that answer as they say.
    fn sound_examples<'b>(&self, place: usize, book: &'b Book) -> Vec<(&'b Clause, &'b Example)> {
        let prepared = Arc::new(law::lean(book));
        let all = book.clauses.iter().flat_map(|clause| clause.examples.iter().map(move |example| (clause, example)));
        let sound = |(clause, example): &(&Clause, &Example)| {
            self.run(place, Arc::clone(&prepared), clause, example).is_ok_and(|outcome| outcome.agrees())
        };
        all.filter(sound).collect()
    }

    fn mutate_rule(
        &self,
        place: usize,
        (clause_place, rule_place): (usize, usize),
        sound: &[(&Clause, &Example)],
        mutation: &mut Mutation,
    ) {
        let book = &self.books()[place];
        let clause = &book.clauses[clause_place];
        let rule = &clause.rules[rule_place];
        let covering: Vec<&(&Clause, &Example)> =
            sound.iter().filter(|(_, example)| example.covers.iter().any(|id| id.value == rule.id.value)).collect();
        let defaults = |name: &str| default_of(self.books(), name);
        for number in 0.. {
            let mut any = false;
            for up in [false, true] {
                let mut changed = rule.clone();
                let change = match numbers::change(&mut changed, self.words(), &defaults, number, up) {
                    numbers::Changed::NoSuchNumber => break,
                    numbers::Changed::CannotGo => {
                        any = true;
                        continue;
                    }
                    numbers::Changed::To(mutant) => mutant,
                };
                any = true;
                mutation.tried += 1;
                let mut mutated = law::lean(book);
                mutated.clauses[clause_place].rules[rule_place] = changed;
                let mutated = Arc::new(mutated);
                let noticed = covering.iter().any(|(clause, example)| {
                    // An example that sets the setting itself does not see its default.
                    let sees = change.setting.as_ref().is_none_or(|name| !example.settings.contains_key(name));
                    sees && !self
                        .run(place, Arc::clone(&mutated), clause, example)
                        .is_ok_and(|outcome| outcome.agrees())
                });
                if !noticed {
                    mutation.survivors.push(survivor(clause, rule, &change, covering.len()));
                }
            }
            if !any {
                break;
            }
        }
    }
}

fn survivor(clause: &Clause, rule: &crate::model::Rule, change: &Mutant, covering: usize) -> Problem {
    let named = change.setting.as_ref().map_or(String::new(), |name| format!("（设置 `{name}` 的默认值）"));
    let sentence = format!("规则 `{}` 的 `{}`{named}改成 `{}`，没有示例发现", rule.id.value, change.was, change.now);
    let hint = if covering == 0 {
        format!("没有示例写 covers = [\"{}\"]，或者它们本身没有通过", rule.id.value)
    } else {
        "加一个踩线的示例：正好在这个数上，和差一点".to_owned()
    };
    Problem::error(&clause.path, rule.id.span.clone(), sentence).with_hint(hint)
}

/// The declared default of a setting.
fn default_of(books: &[Book], name: &str) -> Option<String> {
    let declared = books.iter().flat_map(|book| &book.settings).find(|setting| setting.name == name)?;
    Some(declared.default.trim().to_owned())
}
