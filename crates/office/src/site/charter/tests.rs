//! Decisions about the charter and what they make of it.

use super::*;

/// A charter stream to which changes are made, one a second.
#[derive(Default)]
struct Office(Vec<Entry>);

impl Office {
    fn now(&self) -> Moment {
        Moment(1_000_000 * (self.0.len() as i64 + 1))
    }

    fn log(&self) -> CharterLog {
        charter_log(&self.0)
    }

    fn change(&mut self, change: &CharterChange) -> Result<Charter, Refusal> {
        let (at, seq) = (self.now(), self.0.len() as i64 + 1);
        let event = decide(&self.log(), change, at)?;
        self.0.push(Entry { seq, at, actor: "demo.chen".into(), post: "office_manager".into(), event });
        Ok(self.log().now())
    }

    fn adopt(
        &mut self,
        digest: &str,
        from: Option<i64>,
        until: Option<i64>,
        except: &[&str],
    ) -> Result<Charter, Refusal> {
        self.change(&CharterChange::Adopt(Adopting {
            book: "b".into(),
            digest: digest.into(),
            from: from.map(Moment),
            until: until.map(Moment),
            except: except.iter().map(|it| (*it).to_owned()).collect(),
            approver: "总经理乙".into(),
        }))
    }
}

/// `digest from..until`, one an adoption.
fn told(charter: &Charter) -> Vec<String> {
    let until = |it: &Adoption| it.until.map_or(String::new(), |until| until.0.to_string());
    charter.adoptions.iter().map(|it| format!("{} {}..{}", it.digest, it.from.0, until(it))).collect()
}

#[test]
fn a_later_edition_is_planned_and_given_up_again() {
    let mut office = Office::default();
    assert_eq!(told(&office.adopt("a", None, None, &[]).unwrap()), ["a 1000000.."]);
    let planned = office.adopt("b", Some(9_000_000), None, &[]).unwrap();
    assert_eq!(told(&planned), ["a 1000000..9000000", "b 9000000.."]);
    assert!(planned.adoption("b", Moment(8_999_999)).is_some_and(|it| it.digest == "a"));
    assert!(planned.adoption("b", Moment(9_000_000)).is_some_and(|it| it.digest == "b"));
    let back = office.adopt("a", None, None, &[]).unwrap();
    assert_eq!(told(&back), ["a 1000000..3000000", "a 3000000.."]);
    assert!(office.adopt("a", None, None, &[]).is_err(), "adopted just so");
    let part = office.adopt("a", None, None, &["4.1"]).unwrap();
    let clause = |id: &str| ClauseRef { book: "b".into(), id: id.into() };
    assert!(part.adopts(&clause("4.2"), Moment(5_000_000)) && !part.adopts(&clause("4.1"), Moment(5_000_000)));
    assert_eq!(office.0.last().unwrap().event.body.attributes["rulebook.approver"], "总经理乙");
}

#[test]
fn the_past_is_not_adopted_and_what_is_not_there_is_not_left() {
    let mut office = Office::default();
    let leave = |from: Option<i64>| CharterChange::Leave { book: "b".into(), from: from.map(Moment) };
    assert!(office.change(&leave(None)).is_err());
    assert_eq!(office.adopt("a", Some(1), None, &[]).unwrap_err().field.as_deref(), Some("from"));
    assert_eq!(office.adopt("a", None, Some(1), &[]).unwrap_err().field.as_deref(), Some("until"));
    office.adopt("a", None, None, &[]).unwrap();
    assert!(office.change(&leave(Some(1))).is_err());
    assert_eq!(told(&office.change(&leave(Some(5_000_000))).unwrap()), ["a 1000000..5000000"]);
    assert_eq!(told(&office.change(&leave(None)).unwrap()), ["a 1000000..3000000"]);
}

#[test]
fn a_conflict_is_settled_with_a_reason_and_settled_anew() {
    let mut office = Office::default();
    let clause = |book: &str| ClauseRef { book: book.into(), id: "1".into() };
    let sides = [clause("a"), clause("b")];
    let settle = |prefer: Option<&str>, reason: &str| CharterChange::Settle {
        sides: sides.clone(),
        prefer: prefer.map(clause),
        reason: reason.into(),
    };
    assert_eq!(office.change(&settle(Some("b"), " ")).unwrap_err().field.as_deref(), Some("reason"));
    let first = office.change(&settle(Some("b"), "公司规定")).unwrap();
    assert_eq!(first.preferences, [Preference { prefer: clause("b"), over: clause("a") }]);
    let second = office.change(&settle(Some("a"), "改过来")).unwrap();
    assert_eq!(second.preferences, [Preference { prefer: clause("a"), over: clause("b") }]);
    assert!(office.change(&settle(None, "两款都留")).unwrap().preferences.is_empty());
    let settled = office.log().settled[&sides].clone();
    assert_eq!((settled.prefer, settled.reason.as_str(), settled.by.as_str()), (None, "两款都留", "demo.chen"));
}

#[test]
fn a_person_stands_for_a_post() {
    let mut office = Office::default();
    let to = vec!["front_desk".to_owned(), "@demo.wang".to_owned()];
    let charter = office.change(&CharterChange::Bind { post: "follow_up_person".into(), to }).unwrap();
    assert_eq!(stands_for(&charter, "demo.wang"), ["follow_up_person"]);
    assert!(stands_for(&charter, "front_desk").is_empty() && stands_for(&charter, "demo").is_empty());
    assert!(matches!(&office.log().bound["follow_up_person"], Provenance::Set { by, .. } if by == "demo.chen"));
}
