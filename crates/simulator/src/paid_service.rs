//! Paid service and what happens beside the way of a repair (有偿服务与旁出情形): a lamp put up against a slip of four copies, a window that
//! cannot be mended, another time, nobody home, waiting for parts, a signature refused, a dwelling cleaned.

use calendar::{Moment, Zone};
use office::case::{ActOnCase, CaseKind};
use office::event::{Signature, SignatureWay};

use crate::chance::Chance;
use crate::estate::Home;
use crate::tale::{Intake, Tale};

/// The repair whose owner gets a link in the demonstration: done, its slip longer than one sheet.
pub const LINKED: &str = "service-unsigned";
/// What was done there.
const LONG: &str = "先用疏通器从检查口往里通了三米，带出油块和一段钢丝球；再拆下存水弯清洗，发现密封圈老化，换了新的；\
    装回后连放五分钟水，各接口擦干再看，没有渗水。住户问以后怎样少堵，告诉了：剩油倒进垃圾袋，滤网每周洗一次，热水冲一遍。";

/// The tales.
pub fn tales(homes: &[Home], zone: &Zone, now: Moment, seed: u64) -> Vec<Tale> {
    let told: [(&str, i64, fn(&mut Tale, &Home)); 7] = [
        ("service-lamp", 28, lamp),
        ("service-window", 5, window),
        ("service-moved", 6, moved),
        ("service-nobody", 4, nobody),
        ("service-parts", 7, parts),
        ("service-unsigned", 27, unsigned),
        ("service-cleaning", 29, cleaning),
    ];
    let tell = |(case, hours, course): (&str, i64, fn(&mut Tale, &Home))| {
        let mut chance = Chance::of(seed, case);
        let home = chance.pick(homes).clone();
        let mut tale = Tale::begin(case, now.plus_seconds(-hours * 3600), zone, chance);
        course(&mut tale, &home);
        tale
    };
    told.map(tell).into()
}

fn taken_in(tale: &mut Tale, home: &Home, (kind, words): (CaseKind, &str), attributes: &[(&str, &str)]) {
    tale.register(&Intake {
        kind,
        channel: "phone",
        who: "desk1",
        home: Some(home),
        place: "",
        words,
        attributes,
        minutes: 2,
        notify: kind == CaseKind::Repair,
    });
    if kind == CaseKind::Repair {
        tale.wait(0, 2).acknowledge("engineer");
    }
}

/// What is broken in a dwelling, and somebody on the way to it.
fn sent(tale: &mut Tale, home: &Home, words: &str, worker: &str) {
    let own = [("repair.object", "own"), ("repair.on_price_list", "yes")];
    taken_in(tale, home, (CaseKind::Repair, words), &own);
    tale.wait(1, 4).assign("engineer", worker);
    tale.wait(1, 3).act(worker, "repair.slip_fetched");
    tale.wait(0, 2).act(worker, "repair.taken_on");
}

fn arrived(tale: &mut Tale, worker: &str, tools: &str) {
    tale.wait(4, 9).tell(worker, "repair.arrived", "", &[("repair.tools_taken", tools)]);
    tale.wait(1, 3).tell(worker, "repair.verified", "", &[("repair.as_reported", "yes")]);
}

fn agreed(tale: &mut Tale, worker: &str, cost: &str) {
    tale.wait(0, 2).tell(worker, "repair.price_shown", "", &[("repair.cost", cost)]);
    let yes = [("repair.cost_consent", "yes"), ("repair.repair_consent", "yes")];
    tale.wait(0, 3).tell(worker, "repair.consented", "", &yes);
}

fn lamp(tale: &mut Tale, home: &Home) {
    let paid = [("repair.object", "own"), ("repair.on_price_list", "yes"), ("repair.service_kind", "install")];
    taken_in(tale, home, (CaseKind::Repair, "客厅要装一盏吸顶灯，灯已经买好"), &paid);
    tale.wait(2, 6).act("desk1", "repair.paid_slip_issued");
    tale.wait(2, 5).assign("engineer", "repair2");
    tale.wait(1, 3).act("repair2", "repair.paid_slip_fetched");
    tale.wait(0, 1).act("repair2", "repair.taken_on");
    arrived(tale, "repair2", "试电笔、绝缘胶布、工具包、鞋套");
    agreed(tale, "repair2", "6000");
    tale.wait(0, 2).act("repair2", "repair.started");
    tale.wait(20, 35).tell("repair2", "repair.amounts_entered", "", &[("repair.amount_due", "6000")]);
    tale.wait(0, 1).tell("repair2", "repair.completed", "灯已装好，开关试过三次", &[]);
    tale.act_with(
        "repair2",
        ticked("service.door_checks", "service.door_checked", "出示工牌说明来意、穿鞋套铺垫布、先讲收费再动手"),
    );
    let done = [("repair.work_done", "装吸顶灯一盏"), ("repair.materials_used", "膨胀螺丝 4 个")];
    tale.wait(0, 2).tell("repair2", "repair.result_noted", "装吸顶灯一盏", &done);
    tale.wait(0, 2).act("repair2", "repair.accepted");
    let mut signed = signature("repair.customer_signed", &home.name);
    signed.attributes.insert("repair.signer_relation".into(), "family".into());
    tale.wait(0, 2).act_with("repair2", signed);
    tale.wait(0, 1).act("repair2", "repair.copy_four_left");
    tale.wait(0, 2).act_with("repair2", ticked("repair.site_checked", "repair.site_tidied", "工具材料收走、垃圾带走"));
    tale.wait(20, 60).act("repair2", "repair.copy_one_to_centre");
    tale.act("repair2", "repair.copy_three_to_centre");
    tale.wait(5, 20).act("engineer", "repair.copy_two_kept");
}

fn window(tale: &mut Tale, home: &Home) {
    sent(tale, home, "主卧窗扇整个松了，关不上", "repair3");
    arrived(tale, "repair3", "螺丝刀、合页、玻璃胶");
    tale.wait(4, 10).tell("repair3", "repair.found_infeasible", "窗框型材断了，五金换不上", &[]);
    tale.wait(3, 8).tell("repair3", "repair.infeasible_reported", "断在角码处，已拍照", &[]);
    tale.wait(1, 4).tell("repair3", "repair.infeasible_explained", "先用胶带封住，等厂家看", &[]);
    tale.wait(30, 60).tell("engineer", "repair.engineering_gave_up", "型材停产，本部门没有料", &[]);
    tale.wait(5, 15).tell("engineer", "repair.reported_manager", "请经理联系原厂", &[]);
}

fn moved(tale: &mut Tale, home: &Home) {
    let booked = tale.day_at(1, 10).0.to_string();
    let own = [("repair.object", "own"), ("repair.on_price_list", "yes"), ("repair.appointment", booked.as_str())];
    taken_in(tale, home, (CaseKind::Repair, "次卫排气扇不转"), &own);
    tale.wait(1, 4).assign("engineer", "repair2");
    let later = tale.day_at(1, 15).0.to_string();
    tale.wait(60, 90).tell("engineer", "repair.move_proposed", "上午整栋停电检修", &[("repair.moved_to", &later)]);
    tale.wait(5, 20).tell("desk1", "repair.move_agreed", "电话里同意", &[("repair.moved_to", &later)]);
}

fn nobody(tale: &mut Tale, home: &Home) {
    sent(tale, home, "入户花园地漏返水", "repair1");
    tale.wait(4, 9).act("repair1", "repair.arrived");
    let again = tale.day_at(1, 19).0.to_string();
    let notice = [("repair.notice_left", "yes"), ("repair.moved_to", again.as_str())];
    tale.wait(3, 6).tell("repair1", "repair.nobody_home", "敲门、打电话都没有人应", &notice);
}

fn parts(tale: &mut Tale, home: &Home) {
    sent(tale, home, "马桶进水阀坏了，水停不住", "repair1");
    arrived(tale, "repair1", "管钳、生料带");
    tale.wait(3, 6).tell("repair1", "repair.went_back", "进水阀型号不对，回仓库换", &[]);
    let until = tale.day_at(1, 11).0.to_string();
    let waiting = [("repair.waiting_for", "parts"), ("repair.waiting_until", until.as_str())];
    tale.wait(15, 30).tell("repair1", "repair.waiting", "仓库没有，明天到货；先关角阀", &waiting);
}

fn unsigned(tale: &mut Tale, home: &Home) {
    sent(tale, home, "厨房下水慢", "repair1");
    arrived(tale, "repair1", "疏通器、鞋套");
    agreed(tale, "repair1", "5000");
    tale.wait(0, 2).act("repair1", "repair.started");
    tale.wait(20, 40).tell("repair1", "repair.amounts_entered", "", &[("repair.amount_due", "5000")]);
    tale.wait(0, 1).tell("repair1", "repair.completed", LONG, &[]);
    let why = [("repair.sign_refusal_reason", "嫌收费高，要先问清再签"), ("repair.witness", "楼层保洁员")];
    tale.wait(3, 8).tell("repair1", "repair.sign_refused", "", &why);
}

fn cleaning(tale: &mut Tale, home: &Home) {
    let asked = [("case.request_kind", "indoor_cleaning")];
    taken_in(tale, home, (CaseKind::Service, "想请人把厨房和油烟机彻底擦一次"), &asked);
    tale.wait(1, 3).act("desk1", "service_order.issued");
    tale.wait(2, 5).tell("desk1", "service_order.handed", "", &[("case.department", "清洁班")]);
    let date = tale.day_at(0, 9);
    let date = calendar::Zone::shanghai().date(date).to_string();
    let arranged = [
        ("case.agreed_price", "12000"),
        ("case.service_scope", "厨房台面、油烟机、墙砖"),
        ("case.price_accepted", "yes"),
        ("case.department", "清洁班"),
        ("case.service_date", date.as_str()),
    ];
    tale.wait(10, 20).tell("desk1", "case.paid_service_arranged", "", &arranged);
    tale.wait(60, 120).tell("desk1", "service.completed", "两人做了两小时，业主看过满意", &[]);
    tale.wait(2, 10).tell("grounds", "service_order.replied", "做完，工具已收", &[]);
    tale.wait(5, 15).tell("desk1", "case.replied", "电话告知已做完，费用 120 元", &[]);
}

fn ticked(attribute: &str, act: &str, items: &str) -> ActOnCase {
    ActOnCase {
        act: act.to_owned(),
        attributes: [(attribute.to_owned(), items.to_owned())].into(),
        ..ActOnCase::default()
    }
}

fn signature(act: &str, name: &str) -> ActOnCase {
    let signature =
        Signature { name: name.to_owned(), post: "resident".into(), way: SignatureWay::Paper, path: String::new() };
    ActOnCase { act: act.to_owned(), signature: Some(signature), ..ActOnCase::default() }
}
