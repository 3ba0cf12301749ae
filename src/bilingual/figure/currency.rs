//! Names, signs and codes of money in both languages.

use super::folded::Folded;

/// Currencies by their code, each with its English adjective and noun, its Chinese names (`|` between them) and its sign.
///
/// Codes and names after ISO 4217 and the list of circulating currencies; where a noun alone names many currencies it has a line of its own below.
#[rustfmt::skip]
const NATIONAL: &[(&str, &str, &str, &str)] = &[
    ("AED", "uae dirham|emirati dirham|united arab emirates dirham", "阿联酋迪拉姆", ""), ("AFN", "afghan afghani|afghani", "阿富汗尼", "؋"),
    ("ALL", "albanian lek", "阿尔巴尼亚列克|列克", ""), ("AMD", "armenian dram", "亚美尼亚德拉姆", ""), ("AOA", "angolan kwanza|kwanza", "安哥拉宽扎|宽扎", ""),
    ("ARS", "argentine peso", "阿根廷比索", ""), ("AUD", "australian dollar|aussie dollar|australia dollar", "澳大利亚元|澳元|澳币", ""), ("AWG", "aruban florin", "阿鲁巴弗罗林", ""),
    ("AZN", "azerbaijani manat", "阿塞拜疆马纳特", "₼"), ("BBD", "barbadian dollar", "巴巴多斯元", ""), ("BDT", "bangladeshi taka|taka", "孟加拉塔卡|塔卡", "৳"),
    ("BGN", "bulgarian lev", "保加利亚列弗", ""), ("BHD", "bahraini dinar", "巴林第纳尔", ""), ("BIF", "burundian franc", "布隆迪法郎", ""), ("BMD", "bermudian dollar", "百慕大元", ""),
    ("BND", "brunei dollar", "文莱元", ""), ("BOB", "bolivian boliviano|boliviano", "玻利维亚诺", ""), ("BRL", "brazilian real|brazilian reai|reai", "巴西雷亚尔|雷亚尔", ""),
    ("BSD", "bahamian dollar", "巴哈马元", ""), ("BTN", "bhutanese ngultrum", "努扎姆", ""), ("BWP", "botswana pula|pula", "博茨瓦纳普拉|普拉", ""), ("BYN", "belarusian ruble", "白俄罗斯卢布", ""),
    ("BZD", "belize dollar", "伯利兹元", ""), ("CAD", "canadian dollar|canada dollar", "加拿大元|加元|加币", ""), ("CDF", "congolese franc", "刚果法郎", ""), ("CHF", "swiss franc", "瑞士法郎|瑞郎", ""),
    ("CLP", "chilean peso", "智利比索", ""), ("CNY", "chinese yuan|yuan|renminbi|rmb|kuai", "人民币元|人民币|块钱|块|元", "￥"), ("COP", "colombian peso", "哥伦比亚比索", ""),
    ("CRC", "costa rican colon|costa rican colón", "哥斯达黎加科朗", "₡"), ("CUP", "cuban peso", "古巴比索", ""), ("CZK", "czech koruna|koruna", "捷克克朗", ""), ("DJF", "djiboutian franc", "吉布提法郎", ""),
    ("DKK", "danish krone", "丹麦克朗", ""), ("DOP", "dominican peso", "多米尼加比索", ""), ("DZD", "algerian dinar", "阿尔及利亚第纳尔", ""), ("EGP", "egyptian pound", "埃及镑", ""),
    ("ETB", "ethiopian birr|birr", "埃塞俄比亚比尔", ""), ("EUR", "euro", "欧元", "€"), ("FJD", "fijian dollar|fiji dollar", "斐济元", ""), ("FKP", "falkland islands pound", "福克兰镑", ""),
    ("GBP", "british pound|pound sterling|pounds sterling|sterling", "英镑", ""), ("GEL", "georgian lari", "格鲁吉亚拉里", "₾"), ("GHS", "ghanaian cedi|cedi", "加纳塞地|塞地", "₵"), ("GIP", "gibraltar pound", "直布罗陀镑", ""),
    ("GMD", "gambian dalasi", "冈比亚达拉西", ""), ("GTQ", "guatemalan quetzal|quetzal", "格查尔", ""), ("GYD", "guyanese dollar", "圭亚那元", ""), ("HKD", "hong kong dollar|hk dollar|hongkong dollar", "港元|港币|港纸", ""),
    ("HNL", "honduran lempira", "伦皮拉", ""), ("HRK", "croatian kuna|kuna", "克罗地亚库纳|库纳", ""), ("HTG", "haitian gourde", "海地古德", ""), ("HUF", "hungarian forint|forint", "匈牙利福林|福林", ""),
    ("IDR", "indonesian rupiah|rupiah", "印度尼西亚盾|印尼盾|印尼卢比", ""), ("ILS", "israeli new shekel|israeli shekel|new shekel|shekel", "新谢克尔|谢克尔", "₪"), ("INR", "indian rupee", "印度卢比", "₹"),
    ("IQD", "iraqi dinar", "伊拉克第纳尔", ""), ("IRR", "iranian rial", "伊朗里亚尔", ""), ("ISK", "icelandic krona|icelandic króna", "冰岛克朗", ""), ("JMD", "jamaican dollar", "牙买加元", ""),
    ("JOD", "jordanian dinar", "约旦第纳尔", ""), ("JPY", "japanese yen|yen", "日本元|日元|日币", "¥"), ("KES", "kenyan shilling", "肯尼亚先令", ""), ("KGS", "kyrgyzstani som", "索姆", ""),
    ("KHR", "cambodian riel|riel", "瑞尔", "៛"), ("KMF", "comorian franc", "科摩罗法郎", ""), ("KPW", "north korean won", "朝鲜元", ""), ("KRW", "south korean won|korean won", "韩国元|韩元|韩币", "₩"),
    ("KWD", "kuwaiti dinar", "科威特第纳尔", ""), ("KYD", "cayman islands dollar|cayman island dollar", "开曼元", ""), ("KZT", "kazakhstani tenge|tenge", "坚戈", "₸"), ("LAK", "lao kip|laotian kip|kip", "老挝基普|基普", "₭"),
    ("LBP", "lebanese pound", "黎巴嫩镑", ""), ("LKR", "sri lankan rupee", "斯里兰卡卢比", ""), ("LRD", "liberian dollar", "利比里亚元", ""), ("LYD", "libyan dinar", "利比亚第纳尔", ""),
    ("MAD", "moroccan dirham", "摩洛哥迪拉姆", ""), ("MDL", "moldovan leu", "摩尔多瓦列伊", ""), ("MKD", "macedonian denar", "马其顿代纳尔", ""), ("MMK", "burmese kyat|kyat", "缅甸元|缅元", ""),
    ("MNT", "mongolian tugrik|mongolian togrog|tugrik", "图格里克", "₮"), ("MOP", "macanese pataca|pataca", "澳门元|澳门币", ""), ("MUR", "mauritian rupee", "毛里求斯卢比", ""), ("MXN", "mexican peso", "墨西哥比索", ""),
    ("MYR", "malaysian ringgit|ringgit", "马来西亚林吉特|林吉特|令吉|马币", ""), ("MZN", "mozambican metical|metical", "梅蒂卡尔", ""), ("NAD", "namibian dollar", "纳米比亚元", ""), ("NGN", "nigerian naira|naira", "尼日利亚奈拉|奈拉", "₦"),
    ("NOK", "norwegian krone", "挪威克朗", ""), ("NPR", "nepalese rupee", "尼泊尔卢比", ""), ("NZD", "new zealand dollar", "新西兰元|纽元|纽币", ""), ("OMR", "omani rial", "阿曼里亚尔", ""),
    ("PAB", "panamanian balboa|balboa", "巴波亚", ""), ("PEN", "peruvian sol", "秘鲁索尔", ""), ("PGK", "papua new guinean kina", "基那", ""), ("PHP", "philippine peso", "菲律宾比索", "₱"), ("PKR", "pakistani rupee", "巴基斯坦卢比", ""),
    ("PLN", "polish zloty|polish złoty|zloty|złoty", "波兰兹罗提|兹罗提", ""), ("PYG", "paraguayan guarani", "瓜拉尼", "₲"), ("QAR", "qatari riyal", "卡塔尔里亚尔", ""), ("RON", "romanian leu", "罗马尼亚列伊", ""),
    ("RSD", "serbian dinar", "塞尔维亚第纳尔", ""), ("RUB", "russian ruble|russian rouble", "俄罗斯卢布|俄国卢布", "₽"), ("RWF", "rwandan franc", "卢旺达法郎", ""), ("SAR", "saudi riyal|saudi rial", "沙特里亚尔", ""),
    ("SBD", "solomon islands dollar", "所罗门群岛元", ""), ("SCR", "seychellois rupee", "塞舌尔卢比", ""), ("SDG", "sudanese pound", "苏丹镑", ""), ("SEK", "swedish krona|swedish krone", "瑞典克朗", ""), ("SGD", "singapore dollar", "新加坡元|新加坡币|新元|新币|坡币", ""),
    ("SOS", "somali shilling", "索马里先令", ""), ("SRD", "surinamese dollar", "苏里南元", ""), ("SSP", "south sudanese pound", "南苏丹镑", ""), ("SYP", "syrian pound", "叙利亚镑", ""), ("THB", "thai baht|baht", "泰铢|泰元", "฿"), ("TJS", "tajikistani somoni|somoni", "索莫尼", ""),
    ("TMT", "turkmenistan manat", "土库曼马纳特", ""), ("TND", "tunisian dinar", "突尼斯第纳尔", ""), ("TRY", "turkish lira|turkey lira", "土耳其里拉", "₺"), ("TTD", "trinidad dollar|trinidadian dollar|trinidad and tobago dollar", "特立尼达多巴哥元", ""),
    ("TWD", "new taiwan dollar|taiwan dollar|taiwanese dollar", "新台币|台币|台元", ""), ("TZS", "tanzanian shilling", "坦桑尼亚先令", ""), ("UAH", "ukrainian hryvnia|hryvnia", "乌克兰格里夫纳|格里夫纳", "₴"), ("UGX", "ugandan shilling", "乌干达先令", ""),
    ("USD", "us dollar|american dollar|united states dollar|us buck", "美元|美金|美币", ""), ("UYU", "uruguayan peso", "乌拉圭比索", ""), ("UZS", "uzbekistani som", "苏姆", ""), ("VND", "vietnamese dong|vietnam dong|dong", "越南盾", "₫"), ("VUV", "vanuatu vatu|vatu", "瓦图", ""),
    ("WST", "samoan tala", "萨摩亚塔拉", ""), ("XAF", "central african cfa franc|central african franc", "中非法郎", ""), ("XCD", "east caribbean dollar", "东加勒比元", ""), ("XOF", "west african cfa franc|west african franc", "西非法郎", ""), ("XPF", "cfp franc", "太平洋法郎", ""),
    ("YER", "yemeni rial", "也门里亚尔", ""), ("ZAR", "south african rand|rand", "南非兰特|兰特", ""), ("ZMW", "zambian kwacha", "赞比亚克瓦查", ""),
];

/// Names that say no country, and money without a state: name, English nouns, Chinese names, sign.
const GENERIC: &[(&str, &str, &str, &str)] = &[
    ("Dollar", "dollar|buck", "", "$"),
    ("Pound", "pound|quid", "镑", "£"),
    ("Franc", "franc", "法郎", ""),
    ("Peso", "peso", "比索", ""),
    ("Rupee", "rupee|rs", "卢比", ""),
    ("Krone", "krone|krona|kronor|kroner|kr", "克朗", ""),
    ("Dinar", "dinar", "第纳尔", ""),
    ("Dirham", "dirham", "迪拉姆", ""),
    ("Riyal", "riyal|rial", "里亚尔", ""),
    ("Ruble", "ruble|rouble", "卢布", ""),
    ("Shilling", "shilling", "先令", ""),
    ("Manat", "manat", "马纳特", ""),
    ("Leu", "leu|lei", "列伊", ""),
    ("Lira", "lira", "里拉", ""),
    ("Peseta", "peseta", "比塞塔", ""),
    ("Guilder", "guilder", "荷兰盾", ""),
    ("Finnish markka", "markka|finnish markka", "芬兰马克", ""),
    ("Belgian franc", "belgian franc", "比利时法郎", ""),
    ("Bitcoin", "bitcoin", "比特币", "₿"),
    ("Ether", "ether", "以太币", ""),
    ("Satoshi", "satoshi", "聪", ""),
];

/// Hundredths and tenths of a currency: name, English nouns, Chinese names, how many make one.
const MINOR: &[(&str, &str, &str, i64)] = &[
    ("Cent", "cent|¢", "美分|欧分", 100),
    ("Pence", "pence", "便士", 100),
    ("Penny", "penny|pennie", "", 100),
    ("Sen", "sen", "日本分", 100),
    ("Fen", "fen", "分钱|分", 100),
    ("Jiao", "jiao|mao", "角钱|毛钱|角|毛", 10),
    ("Kopek", "kopek", "戈比", 100),
    ("Centavo", "centavo", "", 100),
    ("Centime", "centime", "生丁", 100),
    ("Paisa", "paisa", "派萨", 100),
];

/// What stands before `$` and names the country: `US$`, `c $`, `Mex$`.
#[rustfmt::skip]
const DOLLAR_PREFIXES: &[(&str, &str)] = &[
    ("us", "USD"), ("c", "CAD"), ("can", "CAD"), ("ca", "CAD"), ("a", "AUD"), ("au", "AUD"), ("nz", "NZD"), ("hk", "HKD"), ("s", "SGD"), ("sg", "SGD"), ("nt", "TWD"), ("mex", "MXN"), ("mx", "MXN"),
    ("r", "BRL"), ("b", "BND"), ("ci", "KYD"), ("gy", "GYD"), ("g", "GYD"), ("j", "JMD"), ("n", "NAD"), ("si", "SBD"), ("ws", "WST"), ("bvi", "British Virgin Islands dollar"), ("tt", "TTD"),
];

/// Codes that are told from words in lower case too.
const PLAIN_CODES: &str = "usd eur gbp jpy cny hkd twd krw inr aud chf sgd nzd brl mxn zar rub nok dkk thb myr idr vnd php czk huf pln kzt uah aed ars clp xof xaf cad";

/// A name or sign of money found in a text.
#[derive(Clone, Copy, Debug)]
pub(in crate::bilingual) struct Found {
    /// The ISO code or generic name.
    pub(in crate::bilingual) name: &'static str,
    /// The index of its first character, for what stands before a number, or after its last, for what follows one.
    pub(in crate::bilingual) edge: usize,
    /// How many make one of the main unit: 1 for main units.
    pub(in crate::bilingual) parts: i64,
    /// A power of ten that the sign carries: 6 in `MEUR`.
    pub(in crate::bilingual) exponent: i32,
}

impl Found {
    fn main(name: &'static str, edge: usize) -> Self {
        Self { name, edge, parts: 1, exponent: 0 }
    }
}

fn all() -> impl Iterator<Item = (&'static str, &'static str, &'static str, &'static str)> {
    NATIONAL.iter().chain(GENERIC).copied()
}

/// The currency that a sign of one character stands for.
fn sign(c: char) -> Option<&'static str> {
    if c.is_ascii() && c != '$' {
        return None;
    }
    all().find(|(.., sign)| sign.chars().next() == Some(c)).map(|(name, ..)| name)
}

/// The currency of an ISO code, with or without a letter for thousands, millions or billions before it.
fn code(text: &Folded, start: usize, end: usize) -> Option<(&'static str, i32)> {
    let length = end - start;
    let (skipped, exponent) = match (length, text.at(start).to_ascii_lowercase()) {
        (3, _) => (0, 0),
        (4, 'k') => (1, 3),
        (4, 'm') => (1, 6),
        (4, 'b') => (1, 9),
        _ => return None,
    };
    let word = text.word(start + skipped);
    let lower = word.as_str();
    let upper = (start..end).all(|index| text.at(index).is_ascii_uppercase());
    if !upper && !PLAIN_CODES.split(' ').any(|plain| plain == lower) {
        return None;
    }
    if lower == "rmb" {
        return Some(("CNY", exponent));
    }
    let known = NATIONAL.iter().find(|(code, ..)| code.eq_ignore_ascii_case(lower))?;
    Some((known.0, exponent))
}

/// The money named just before a number that begins at an index: a sign, a code, or in Chinese 人民币.
pub(in crate::bilingual) fn before(text: &Folded, number: usize) -> Option<Found> {
    let end = text.skip_spaces_back(number);
    let last = text.before(end);
    if last == '$' {
        return Some(dollar(text, end - 1));
    }
    if let Some(name) = sign(last) {
        return Some(Found::main(name, end - 1));
    }
    if text.ends_with(end, "人民币") {
        return Some(Found::main("CNY", end - 3));
    }
    if !last.is_ascii_alphabetic() {
        return None;
    }
    let start = text.word_start(end);
    if let Some((name, exponent)) = code(text, start, end) {
        return Some(Found { name, edge: start, parts: 1, exponent });
    }
    // Spelled out, only these stand before an amount, and not glued to it.
    match text.word(start).as_str() {
        "rmb" => Some(Found::main("CNY", start)),
        "rs" => Some(Found::main("Rupee", start)),
        "dollar" if end < number => Some(Found::main("Dollar", start)),
        "sen" if end < number => Some(Found { name: "Sen", edge: start, parts: 100, exponent: 0 }),
        _ => None,
    }
}

/// The dollar that a `$` at an index means, by the letters before it.
fn dollar(text: &Folded, at: usize) -> Found {
    let generic = Found::main("Dollar", at);
    let end = text.skip_spaces_back(at);
    for spelled in ["u.s.", "u.s"] {
        if text.ends_with(end, spelled) {
            return Found::main("USD", end - spelled.len());
        }
    }
    let start = text.word_start(end);
    if start == end || text.before(start).is_alphanumeric() && text.before(start).is_ascii() {
        return generic;
    }
    let word = text.word(start);
    // A single letter apart from its sign is as likely a word of its own; `c $` is the one in use.
    let apart = end < at;
    let known = DOLLAR_PREFIXES.iter().find(|(prefix, _)| *prefix == word.as_str());
    if let Some((prefix, name)) =
        known.filter(|(prefix, _)| !apart || matches!(*prefix, "c" | "us" | "hk" | "nz" | "nt"))
    {
        // `us` in lower case apart from `$` is a pronoun.
        if !(apart && *prefix == "us" && text.at(start) == 'u') {
            return Found::main(name, start);
        }
    }
    if let Some((name, 0)) = code(text, start, end) {
        return Found::main(name, start);
    }
    adjective(text, start, end).map_or(generic, |name| Found::main(name, start))
}

/// The dollar of the country that the adjective before `$` names: `Canadian $`.
fn adjective(text: &Folded, start: usize, end: usize) -> Option<&'static str> {
    let word = text.word(start);
    if end - start < 4 || word.as_str().is_empty() {
        return None;
    }
    let dollars = |names: &str| {
        names.split('|').any(|name| {
            name.strip_suffix(" dollar")
                .is_some_and(|country| country.ends_with(word.as_str()) && country.len() - word.as_str().len() != 1)
        })
    };
    NATIONAL.iter().find(|(_, english, ..)| dollars(english)).map(|(name, ..)| *name)
}

/// The money named by the words after a number that ends at an index, in English.
pub(in crate::bilingual) fn after_in_english(text: &Folded, number: usize, large: bool) -> Option<Found> {
    let mut at = text.skip_spaces(number);
    if at == number && text.at(at) == '-' {
        at += 1;
    }
    if let Some(name) = sign(text.at(at)) {
        // `10 $ 30` is ten and then a dollar sign of the next amount only where the sign clings to what follows.
        let clings = at > number && text.is_digit(at + 1);
        return (!clings).then(|| Found::main(name, at + 1));
    }
    if !text.at(at).is_ascii_alphabetic() && text.at(at) != 'z' {
        return None;
    }
    let word_end = text.letters_end(at);
    if let Some((name, exponent)) = code(text, at, word_end) {
        return Some(Found { name, edge: word_end, parts: 1, exponent });
    }
    for spelled in ["u.s. dollar", "u.s dollar", "u s dollar"] {
        if text.starts_with(at, spelled) {
            return Some(Found::main("USD", text.letters_end(at + spelled.len())));
        }
    }
    phrase(text, at).filter(|found| large || found.name != "KRW")
}

/// The longest name of money that the words at an index spell, the last of them in singular or plural.
fn phrase(text: &Folded, at: usize) -> Option<Found> {
    let mut best: Option<Found> = None;
    let mut consider = |name: &'static str, names: &str, parts: i64| {
        for spelled in names.split('|').filter(|spelled| !spelled.is_empty()) {
            if !text.starts_with(at, spelled) {
                continue;
            }
            let mut edge = at + spelled.chars().count();
            edge += usize::from(text.at(edge).eq_ignore_ascii_case(&'s'));
            let whole = !text.at(edge).is_alphanumeric();
            if whole && best.is_none_or(|best| edge > best.edge) {
                best = Some(Found { name, edge, parts, exponent: 0 });
            }
        }
    };
    for (name, english, ..) in all() {
        consider(name, english, 1);
    }
    for (name, english, _, parts) in MINOR {
        consider(name, english, *parts);
    }
    if best.is_none() && text.word(at).as_str() == "won" {
        best = Some(Found::main("KRW", at + 3));
    }
    best
}

/// The money named after a number that ends at an index, in Chinese.
pub(in crate::bilingual) fn after_in_chinese(text: &Folded, number: usize) -> Option<Found> {
    let at = text.skip_spaces(number);
    let c = text.at(at);
    if let Some(name) = sign(c).filter(|_| !(at > number && text.is_digit(at + 1))) {
        return Some(Found::main(name, at + 1));
    }
    if c.is_ascii_alphabetic() {
        let end = text.letters_end(at);
        return code(text, at, end).map(|(name, exponent)| Found { name, edge: end, parts: 1, exponent });
    }
    if c.is_ascii() {
        return None;
    }
    let longest = |start: usize| {
        let main = all().map(|(name, _, chinese, _)| (name, chinese, 1));
        main.chain(MINOR.iter().map(|&(name, _, chinese, parts)| (name, chinese, parts)))
            .flat_map(|(name, chinese, parts)| chinese.split('|').map(move |spelled| (name, spelled, parts)))
            .filter(|(_, spelled, _)| !spelled.is_empty() && text.starts_with(start, spelled))
            .max_by_key(|(_, spelled, _)| spelled.len())
            .map(|(name, spelled, parts)| Found { name, edge: start + spelled.chars().count(), parts, exponent: 0 })
    };
    longest(at).or_else(|| {
        let counted = matches!(c, '个' | '枚').then(|| longest(at + 1)).flatten()?;
        matches!(counted.name, "Bitcoin" | "Ether").then_some(counted)
    })
}
