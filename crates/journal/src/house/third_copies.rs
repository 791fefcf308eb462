//! The third copies of repair slips on their way to finance (第三联移交): many at one stroke, each an entry of its own matter, all
//! of them or none.

use office::case::{ActOnCase, ThirdCopy};
use office::{Actor, Refusal};

use super::House;
use super::acts::{Answer, act_on_case};
use crate::Sent;

impl House {
    /// Brings the copies of these repairs on from a stage: the desk sends them, finance signs for them. Answers how many. Refused:
    /// none named, a stage after which nothing comes, and whatever refuses one of them; the refusal names its repair.
    pub fn bring_copies_on(
        &self,
        sent: Sent,
        actor: Actor,
        from: ThirdCopy,
        repairs: Vec<(String, String)>,
    ) -> Answer<i64> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| {
            let no = |why: &str, next: &str| Ok(Err(Refusal::new("没有移交第三联", why, next)));
            let Some(act) = from.next() else { return no("财务已经签收", "不用再交。") };
            if repairs.is_empty() {
                return no("一张也没有选", "请勾选要移交的维修单。");
            }
            for (case, number) in &repairs {
                let command = ActOnCase { act: act.to_owned(), ..ActOnCase::default() };
                if let Err(mut refusal) = act_on_case(tx, &laws, &actor, case, &command)? {
                    refusal.what = format!("{number} {}", refusal.what);
                    return Ok(Err(refusal));
                }
            }
            Ok(Ok(repairs.len() as i64))
        })
    }
}
