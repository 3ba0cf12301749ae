//! The vocabulary: who and what the stories are about, and the sentences they are written in.
//! Companies and people are invented.
//!
//! A template speaks of its cast by letters: `{a}` and `{b}` companies, `{p}` and `{q}` places,
//! `{t}` and `{u}` things (plural in English), `{d}` a trend, `{e}` a person and `{r}` what the
//! person is. Figures: `{m}` the story's own sum of money, `{n}` another, `{x}` and `{y}`
//! percentages, `{k}` a small count, `{w}` a number of people, `{Y}` a year to come, `{Z}` a year
//! long past, `{Q}` a quarter. Spaces between Chinese and Latin are put in when a template is
//! filled.

/// Something in Chinese and in English.
pub(crate) type Pair = (&'static str, &'static str);

pub(crate) const COMPANIES: &[Pair] = &[
    ("澜石能源", "Lanstone Energy"),
    ("海梧科技", "Haiwu Technology"),
    ("北辰重工", "Beichen Heavy Industries"),
    ("长乐银行", "Changle Bank"),
    ("云栈数据", "Cloudstack Data"),
    ("青禾食品", "Greengrain Foods"),
    ("远桥物流", "Farbridge Logistics"),
    ("微澜半导体", "Weilan Semiconductor"),
    ("朔风航空", "Norther Aerospace"),
    ("松果出行", "Pinecone Mobility"),
    ("瑞川医药", "Ruichuan Pharma"),
    ("南屿航运", "Southisle Shipping"),
    ("白塔保险", "Whitetower Insurance"),
    ("星渚通信", "Starholm Telecom"),
    ("重明影业", "Chongming Pictures"),
    ("柏林顿集团", "Burlington & Hart"),
    ("Orrin Systems", "Orrin Systems"),
    ("Halvard", "Halvard"),
    ("Kestrel Motors", "Kestrel Motors"),
    ("Tessera", "Tessera"),
    ("Novalume", "Novalume"),
    ("Brightwater Capital", "Brightwater Capital"),
    ("Meridian Robotics", "Meridian Robotics"),
    ("Larkfield", "Larkfield"),
];

pub(crate) const PLACES: &[Pair] = &[
    ("中国", "China"),
    ("上海", "Shanghai"),
    ("重庆", "Chongqing"),
    ("深圳", "Shenzhen"),
    ("香港", "Hong Kong"),
    ("英国", "Britain"),
    ("德国", "Germany"),
    ("日本", "Japan"),
    ("印度", "India"),
    ("巴西", "Brazil"),
    ("挪威", "Norway"),
    ("肯尼亚", "Kenya"),
    ("越南", "Vietnam"),
    ("墨西哥", "Mexico"),
    ("波兰", "Poland"),
    ("新加坡", "Singapore"),
    ("伦敦", "London"),
    ("鹿特丹", "Rotterdam"),
    ("首尔", "Seoul"),
    ("多伦多", "Toronto"),
];

pub(crate) const THINGS: &[Pair] = &[
    ("储能电池", "storage batteries"),
    ("海上风机", "offshore turbines"),
    ("自动驾驶巴士", "self-driving buses"),
    ("人工智能芯片", "AI chips"),
    ("冷链仓库", "refrigerated warehouses"),
    ("低轨卫星", "low-orbit satellites"),
    ("热泵", "heat pumps"),
    ("数据中心", "data centres"),
    ("植物蛋白", "plant proteins"),
    ("远洋货轮", "ocean freighters"),
    ("量子传感器", "quantum sensors"),
    ("再生纺织品", "recycled textiles"),
    ("海水淡化厂", "desalination plants"),
    ("工业机器人", "industrial robots"),
    ("夜行列车", "night trains"),
    ("电子墨水屏", "e-ink displays"),
    ("太阳能电池板", "solar panels"),
    ("氢能卡车", "hydrogen lorries"),
    ("疫苗", "vaccines"),
    ("垂直农场", "vertical farms"),
    ("语言模型", "language models"),
    ("养老公寓", "retirement homes"),
    ("电动渡轮", "electric ferries"),
    ("微型核反应堆", "micro-reactors"),
];

pub(crate) const TRENDS: &[Pair] = &[
    ("需求激增", "surging demand"),
    ("原材料涨价", "dearer raw materials"),
    ("监管收紧", "tighter regulation"),
    ("供应链中断", "broken supply chains"),
    ("价格战", "a price war"),
    ("利率上升", "rising interest rates"),
    ("技术工人短缺", "a shortage of skilled workers"),
    ("贸易摩擦", "trade friction"),
    ("人口老龄化", "an ageing population"),
    ("极端天气", "extreme weather"),
    ("汇率波动", "swings in exchange rates"),
    ("消费者变得谨慎", "more cautious consumers"),
];

pub(crate) const PEOPLE: &[Pair] = &[
    ("沈维安", "Shen Wei'an"),
    ("贺知微", "He Zhiwei"),
    ("林若川", "Lin Ruochuan"),
    ("陆晴", "Lu Qing"),
    ("周以宁", "Zhou Yining"),
    ("田村阳子", "Yoko Tamura"),
    ("玛丽安·科尔（Marianne Cole）", "Marianne Cole"),
    ("托马斯·温特（Thomas Winter）", "Thomas Winter"),
    ("伊内丝·莫拉莱斯（Inés Morales）", "Inés Morales"),
    ("阿米特·拉奥（Amit Rao）", "Amit Rao"),
    ("格蕾丝·奥廷（Grace Otieno）", "Grace Otieno"),
    ("埃里克·伦德（Erik Lund）", "Erik Lund"),
];

pub(crate) const ROLES: &[Pair] = &[
    ("首席执行官", "chief executive"),
    ("财务总监", "finance director"),
    ("董事长", "chair"),
    ("首席工程师", "chief engineer"),
    ("行业分析师", "industry analyst"),
    ("发言人", "spokesperson"),
    ("研究主管", "head of research"),
];

/// Titles and headings.
pub(crate) const HEADLINES: &[Pair] = &[
    (
        "{a}拟在{p}投资{m}，押注{t}",
        "{a} to invest {m} in {p} in a bet on {t}",
    ),
    (
        "{t}降温，{a}裁员{x}",
        "{a} cuts {x} of its staff as demand for {t} cools",
    ),
    (
        "{p}与{q}争夺{t}市场",
        "{p} and {q} compete for the market in {t}",
    ),
    ("{a}以{m}收购{b}", "{a} buys {b} for {m}"),
    (
        "监管部门盯上{a}的{t}业务",
        "Regulators take a close look at {a} and its {t}",
    ),
    ("{p}设立{m}基金扶持{t}", "{p} sets up a fund of {m} for {t}"),
    (
        "{t}：便宜之后，还要可靠",
        "Cheap is no longer enough for {t}",
    ),
    ("{a}与{b}联手开发{t}", "{a} and {b} join forces on {t}"),
    ("{p}为什么离不开{t}", "Why {p} cannot do without {t}"),
    (
        "{a}第{Q}季度利润增长{x}",
        "Profit at {a} rises by {x} in the {Q} quarter",
    ),
    (
        "{e}接掌{a}，先过{t}这一关",
        "{e} takes charge of {a}, and {t} come first",
    ),
    (
        "{t}价格一年下跌{x}，谁来埋单",
        "Prices of {t} fall by {x} in a year, and someone has to pay",
    ),
    (
        "{d}之下，{a}重估{t}",
        "{a} thinks again about {t} in the face of {d}",
    ),
    (
        "从{p}到{q}：{t}如何改变一个行业",
        "From {p} to {q}, how {t} changed an industry",
    ),
];

/// The standfirst, in English as in the digests this imitates.
pub(crate) const STANDFIRSTS: &[&str] = &[
    "{a} seeks {m} as {d} changes the market for {t}",
    "Executives at {a} say that {p} is central to their plans",
    "Investors wonder whether {t} can withstand {d}",
    "An alliance with {b} would give {a} a foothold in {p}",
    "Officials in {p} want to know how {a} makes its {t}",
    "The first {k} projects in {p} show what {t} can do and what they cannot",
    "A market worth {m} attracts newcomers from {p} and {q}",
    "Makers of {t} learn to live with {d}",
];

/// The leads of the points.
pub(crate) const LEADS: &[Pair] = &[
    ("{a}的打算", "What {a} Wants"),
    ("钱从哪里来", "Where the Money Comes From"),
    ("{p}市场", "The Market in {p}"),
    ("与{b}的合作", "Working with {b}"),
    ("竞争", "Competition"),
    ("监管风险", "Regulatory Risk"),
    ("业绩", "Results"),
    ("对就业的影响", "Jobs"),
    ("技术难点", "The Technical Difficulty"),
    ("不同意见", "Dissent"),
    ("下一步", "What Next"),
    ("前车之鉴", "A Warning from the Past"),
];

/// The sentences, each with the same meaning in both languages.
pub(crate) const SENTENCES: &[Pair] = &[
    (
        "{a}在过去{k}个月里筹得{n}，主要用于在{p}扩大{t}的产能。",
        "{a} has raised {n} over the past {k} months, mainly to expand its capacity for {t} in {p}.",
    ),
    (
        "公司受益于{p}对{t}的需求，去年来自那里的收入增长了{x}。",
        "The company benefits from demand for {t} in {p}, where its revenue grew by {x} last year.",
    ),
    (
        "{r}{e}说：“{d}是暂时的，对{t}的需要不是。”",
        "\"The talk of {d} will pass,\" says {e}, {r}. \"The need for {t} will not.\"",
    ),
    (
        "尽管面临{d}，{a}仍计划在{Y}年之前于{p}和{q}新建{k}处设施，总投资{n}。",
        "In spite of {d}, {a} still plans to build {k} new sites in {p} and {q} by {Y}, at a total cost of {n}.",
    ),
    (
        "分析师预计，{t}市场的年增长率将从{x}变为{y}，受影响最大的是{b}这样的后来者。",
        "Analysts expect annual growth in the market for {t} to move from {x} to {y}, which matters most to latecomers such as {b}.",
    ),
    (
        "与此同时，{p}政府宣布提供{n}补贴，以减少对{q}所产{t}的依赖。",
        "Meanwhile the government of {p} has announced {n} in subsidies to reduce its reliance on {t} from {q}.",
    ),
    (
        "{a}的股价今年上涨了{x}，而{b}下跌了{y}。",
        "Shares in {a} have risen by {x} this year, while those of {b} have fallen by {y}.",
    ),
    (
        "根据提交给监管机构的文件，{a}第{Q}季度营业收入为{n}，同比增长{x}。",
        "According to filings with the regulator, revenue at {a} in the {Q} quarter was {n}, up {x} on a year earlier.",
    ),
    (
        "知情人士称，{a}与{b}的谈判已近尾声，但仍有可能破裂（未经确认）。",
        "People familiar with the talks between {a} and {b} say that they are nearly over but could still break down (unconfirmed).",
    ),
    (
        "批评者认为，{p}对{t}的扶持缺乏透明度，最终受益的未必是消费者。",
        "Critics argue that support for {t} in {p} lacks transparency, and that consumers may not be the ones who gain.",
    ),
    (
        "{a}成立于{Z}年，最初经营{u}，如今{t}已占总收入的{x}。",
        "Founded in {Z}, {a} began with {u}; today {t} make up {x} of its revenue.",
    ),
    (
        "在{p}的试点项目中，{t}把运营成本降低了{x}，故障率则上升了{y}。",
        "In a pilot project in {p}, {t} lowered operating costs by {x} but raised the rate of failures by {y}.",
    ),
    (
        "新工厂将为{p}带来约{w}个岗位，其中{x}留给当地居民。",
        "The new factory will bring about {w} jobs to {p}, of which {x} are reserved for people from the area.",
    ),
    (
        "工会则提醒，{q}同类项目承诺的{w}个岗位，最后只兑现了{y}。",
        "Unions point out that a similar project in {q} promised {w} jobs and delivered only {y} of them.",
    ),
    (
        "{b}已经把{t}的价格下调{x}，{a}表示不会跟进。",
        "{b} has already cut its prices for {t} by {x}; {a} says that it will not follow.",
    ),
    (
        "{p}与{q}的标准互不承认，同一批{t}要检验两次，平均多花{k}周。",
        "{p} and {q} do not recognise each other's standards, so the same {t} are inspected twice, which takes another {k} weeks on average.",
    ),
    (
        "一项涵盖{w}名用户的调查显示，{x}的人愿意为更可靠的{t}多付钱。",
        "In a survey of {w} users, {x} said that they would pay more for {t} that are more reliable.",
    ),
    (
        "{e}承认，{d}使项目推迟了{k}个月，额外支出达{n}。",
        "{e} admits that the project has been set back by {k} months because of {d}, at an extra cost of {n}.",
    ),
    (
        "如果一切顺利，第一批{t}将于{Y}年交付。",
        "If all goes well, the first {t} will be delivered in {Y}.",
    ),
    (
        "{Z}年，{q}曾有过类似的热潮，{k}年后只剩下两家企业。",
        "There was a similar boom in {q} in {Z}; {k} years later only two firms were left.",
    ),
    (
        "{p}的审计部门发现，{t}项目的实际支出比预算高出{x}，差额为{n}。",
        "Auditors in {p} found that spending on {t} had exceeded the budget by {x}, a difference of {n}.",
    ),
    (
        "难点不在于制造{t}，而在于让它们连续运转{k}年不出大修。",
        "The difficulty is not to make {t} but to keep them running for {k} years without a major overhaul.",
    ),
    (
        "{a}的研究人员把能耗降低了{x}，论文尚未经过同行评审。",
        "Researchers at {a} have cut energy use by {x}, though their paper has yet to be reviewed by peers.",
    ),
    (
        "在{p}，每{k}家企业中就有一家已经用上{t}，两年前几乎没有。",
        "In {p}, one firm in {k} already uses {t}; two years ago there was hardly any.",
    ),
];

/// Tags, the commonest first.
pub(crate) const TAGS: &[&str] = &[
    "technology",
    "business",
    "economy",
    "world",
    "energy",
    "climate",
    "science",
    "markets",
    "health",
    "cities",
    "transport",
    "ai",
    "chips",
    "trade",
    "finance",
    "companies",
    "food",
    "culture",
    "space",
    "medicine",
    "labour",
    "politics",
    "education",
    "property",
    "agriculture",
    "language",
    "history",
    "travel",
    "sport",
    "books",
    "law",
    "opinion",
];

/// Sources and where their articles stand, the commonest first. The domain is reserved for examples
/// (RFC 2606).
pub(crate) const SOURCES: &[Pair] = &[
    ("example weekly", "https://example.com/weekly/"),
    ("courier", "https://example.com/courier/"),
    ("observer", "https://example.org/observer/"),
    ("harbour times", "https://example.org/harbour-times/"),
    ("ledger", "https://example.net/ledger/"),
    ("field notes", "https://example.net/field-notes/"),
    ("north review", "https://example.com/north-review/"),
    ("evening post", "https://example.org/evening-post/"),
];

/// Currencies: after the number in Chinese; before it, and after it, in English.
pub(crate) const CURRENCIES: &[(&str, &str, &str)] =
    &[("元", "", " yuan"), ("美元", "$", ""), ("欧元", "€", "")];

pub(crate) const QUARTERS: &[Pair] = &[
    ("一", "first"),
    ("二", "second"),
    ("三", "third"),
    ("四", "fourth"),
];
