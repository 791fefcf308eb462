//! What an answer of a satisfaction survey scores (满意得分): the marks of the office's setting on the day of the answer.

use office::case::ActOnCase;
use office::{Refusal, survey};

use super::SiteLaw;

/// The act with the full mark and the mark of its grade; any other act as it is. Refused: marks that cannot be read.
pub(super) fn marked(law: &SiteLaw, command: &ActOnCase) -> Result<ActOnCase, Refusal> {
    let mut command = command.clone();
    // No sender may claim a mark.
    command.links.remove(survey::MARK);
    if command.act != survey::ANSWERED {
        return Ok(command);
    }
    let Some(grade) = command.attributes.get("survey.grade").filter(|it| !it.is_empty()) else { return Ok(command) };
    let setting = law.office_setting(survey::MARKS);
    let Some((full, mark)) = survey::marks(&setting, grade) else {
        let why = format!("设置“{}”读不懂：{setting}", survey::MARKS);
        return Err(Refusal::new("没有记下", why, "请管理员在设置里写五个得分，用分号隔开，例如 100；75；50；25；0。"));
    };
    command.attributes.insert(survey::SCORE.to_owned(), full.to_string());
    command.links.insert(survey::MARK.to_owned(), mark.to_string());
    Ok(command)
}
