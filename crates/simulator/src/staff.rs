//! The people of the demonstration's office (员工): plainly invented, one log-in for every post that has work.

use office::Actor;

/// Somebody who works there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Log-in name.
    pub login: &'static str,
    /// Name shown and printed.
    pub name: &'static str,
    /// Posts held.
    pub posts: &'static [&'static str],
    /// Department, where it matters.
    pub department: &'static str,
    /// What the person does, in a few words.
    pub does: &'static str,
}

const fn member(
    login: &'static str,
    name: &'static str,
    posts: &'static [&'static str],
    department: &'static str,
    does: &'static str,
) -> Member {
    Member { login, name, posts, department, does }
}

/// Everybody, the administrator first.
pub const STAFF: &[Member] = &[
    member("admin", "演示管理员", &["administrator"], "", "账号、设置、规程"),
    member("desk1", "林演前", &["front_desk"], "客服中心", "前台，白班"),
    member("desk2", "何演台", &["front_desk"], "客服中心", "前台，晚班"),
    member("reception", "苏演待", &["receptionist", "area_staff"], "客服中心", "客户接待，投诉"),
    member("centre", "白演心", &["service_centre"], "客服中心", "回访"),
    member("supervisor", "唐演服", &["service_supervisor"], "客服中心", "客服主管"),
    member("engineer", "石演工", &["engineering_supervisor"], "工程部", "工程部主管，派工"),
    member("repair1", "江演修", &["technician"], "工程部", "维修员，水"),
    member("repair2", "田演理", &["technician"], "工程部", "维修员，电"),
    member("repair3", "陆演木", &["technician"], "工程部", "维修员，门窗"),
    member("repair4", "尹演泥", &["technician"], "工程部", "维修员，土建"),
    member("grounds", "花演洁", &["department_head"], "环境部", "环境部负责人"),
    member("order", "丁演安", &["department_head"], "秩序部", "秩序部负责人"),
    member("guard", "马演岗", &["security_guard"], "秩序部", "保安员"),
    member("area1", "叶演区", &["area_staff"], "客服中心", "区域客服"),
    member("mail", "邮演收", &["mail_clerk"], "客服中心", "信报收发员"),
    member("assist", "送演报", &["owner_assistant", "service_assistant"], "客服中心", "业主助理，送报送信"),
    member("warranty", "严演保", &["warranty_office"], "保修办", "保修办"),
    member("finance", "钱演财", &["finance"], "财务部", "财务"),
    member("archive", "文演档", &["archive"], "档案室", "档案"),
    member("manager", "高演理", &["office_manager"], "管理处", "管理处经理"),
    member("quality", "章演企", &["enterprise_department", "quality_department"], "企业管理部", "企业管理部"),
    member("shop", "商演服", &["business_provider"], "经营平台", "经营服务，平台和供方"),
    member("represent", "代演表", &["management_representative"], "公司", "管理者代表"),
    member("leader", "万演领", &["company_leader", "general_manager"], "公司", "公司分管领导，总经理"),
];

/// Somebody by log-in name; the administrator for a name that nobody has.
pub fn of(login: &str) -> &'static Member {
    STAFF.iter().find(|member| member.login == login).unwrap_or(&STAFF[0])
}

impl Member {
    /// As the office asks who acts.
    pub fn actor(&self) -> Actor {
        Actor {
            account: self.login.to_owned(),
            name: self.name.to_owned(),
            posts: self.posts.iter().map(|post| (*post).to_owned()).collect(),
            area: String::new(),
        }
    }
}
