//! Bulk (灌数): many matters by real commands in large batches, for measuring how pages do when years have passed.

use calendar::Moment;
use journal::{CommandId, Fault, House, Sent};
use office::case::{ActOnCase, Caller, CaseKind, Place, Register};

use crate::chance::Chance;
use crate::staff::{self, Member};

/// Commands that are under way together.
const TOGETHER: usize = 2_048;
/// One matter in so many is still open; the others were answered and closed at once.
const OPEN_EVERY: u64 = 200;

/// What people say in bulk.
const WORDS: &[&str] =
    &["厨房漏水", "门锁坏了", "问停水时间", "楼道灯不亮", "借梯子", "代收家具", "车位续费", "噪声扰民"];

/// Where the load comes from: the range of matters to make, and when the first of them begins.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// Site.
    pub site: i64,
    /// Matters that are there already; ids go on from here.
    pub from: u64,
    /// Matters that are to be there afterwards.
    pub to: u64,
    /// When matter 0 begins; each later one a minute after the one before.
    pub begins: Moment,
}

/// A register form of this number.
pub fn form(number: u64, at: Moment, kind: CaseKind) -> Register {
    let mut chance = Chance::of(number, "load");
    let room = format!(
        "{}-{}-{}{:02}",
        chance.between(1, 90),
        chance.between(1, 4),
        chance.between(1, 32),
        chance.between(1, 8)
    );
    let attributes = match kind {
        CaseKind::Repair => [("repair.object", "own"), ("repair.on_price_list", "yes")]
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into(),
        _ => [].into(),
    };
    Register {
        case: format!("load{number:09}"),
        kind,
        contact: None,
        channel: "phone".into(),
        station: "office_desk".into(),
        first_contact: at,
        opened_form: at,
        told_desk: None,
        place: Place { household: None, words: room },
        caller: Caller::default(),
        words: (*chance.pick(WORDS)).to_owned(),
        attributes,
        read_back: true,
        notify: false,
        attachments: Vec::new(),
        late_reason: String::new(),
        approved_by: String::new(),
        linked_case: None,
    }
}

/// The command's envelope for somebody of the staff.
pub fn sent(site: i64, id: &str, who: &Member, now: Moment) -> Sent {
    let post = who.actor().post_for(&[]);
    Sent { site, command: CommandId::of(&["load", id]), actor: who.login.into(), post, now }
}

/// Makes matters through the same commands as everybody else; answers how many commands were applied. A refused command
/// is a fault of the load and ends it.
pub async fn load(house: &House, load: Load) -> anyhow::Result<u64> {
    let desk = staff::of("desk1");
    let mut waiting = Vec::new();
    let mut applied = 0;
    for number in load.from..load.to {
        let at = load.begins.plus_seconds(60 * i64::try_from(number).unwrap_or(i64::MAX));
        let open = number % OPEN_EVERY == 0;
        let form = form(number, at, if open { CaseKind::Repair } else { CaseKind::Enquiry });
        let case = form.case.clone();
        waiting.push(house.register(sent(load.site, &format!("{number}"), desk, at), desk.actor(), form));
        if !open {
            let command = ActOnCase { act: "case.closed".into(), note: "已答复".into(), ..ActOnCase::default() };
            let sent = sent(load.site, &format!("{number}.closed"), desk, at.plus_seconds(1));
            waiting.push(house.act_on_case(sent, desk.actor(), case, command));
        }
        if waiting.len() >= TOGETHER {
            applied += settled(&mut waiting).await?;
        }
    }
    applied += settled(&mut waiting).await?;
    Ok(applied)
}

type Answer = journal::Reply<Result<journal::Acted<journal::house::CaseDone>, office::Refusal>>;

async fn settled(waiting: &mut Vec<Answer>) -> anyhow::Result<u64> {
    let mut applied = 0;
    for answer in waiting.drain(..) {
        let done: Result<_, Fault> = answer.await;
        done?.map_err(|refusal| anyhow::anyhow!("{refusal}"))?;
        applied += 1;
    }
    Ok(applied)
}
