//! The tables of money, and an index of them by first character.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Currencies by their code, each with its English adjective and noun, its Chinese names (`|` between them) and its sign.
///
/// Codes and names after ISO 4217 and the list of circulating currencies; where a noun alone names many currencies it has a line of its own below.
#[rustfmt::skip]
pub(super) const NATIONAL: &[(&str, &str, &str, &str)] = &[
    ("AED", "uae dirham|emirati dirham|united arab emirates dirham", "阿联酋迪拉姆", ""), ("AFN", "afghan afghani|afghani", "阿富汗尼", "؋"),
    ("ALL", "albanian lek", "阿尔巴尼亚列克|列克", ""), ("AMD", "armenian dram", "亚美尼亚德拉姆", ""), ("AOA", "angolan kwanza|kwanza", "安哥拉宽扎|宽扎", ""),
    ("ARS", "argentine peso", "阿根廷比索", ""), ("AUD", "australian dollar|aussie dollar|australia dollar", "澳大利亚元|澳元|澳币", ""), ("AWG", "aruban florin", "阿鲁巴弗罗林", ""),
    ("AZN", "azerbaijani manat", "阿塞拜疆马纳特", "₼"), ("BBD", "barbadian dollar", "巴巴多斯元", ""), ("BDT", "bangladeshi taka|taka", "孟加拉塔卡|塔卡", "৳"),
    ("BGN", "bulgarian lev", "保加利亚列弗", ""), ("BHD", "bahraini dinar", "巴林第纳尔", ""), ("BIF", "burundian franc", "布隆迪法郎", ""), ("BMD", "bermudian dollar", "百慕大元", ""),
    ("BND", "brunei dollar", "文莱元", ""), ("BOB", "bolivian boliviano|boliviano", "玻利维亚诺", ""), ("BRL", "brazilian real|brazilian reai|reai", "巴西雷亚尔|雷亚尔", ""),
    ("BSD", "bahamian dollar", "巴哈马元", ""), ("BTN", "bhutanese ngultrum", "努扎姆", ""), ("BWP", "botswana pula|pula", "博茨瓦纳普拉|普拉", ""), ("BYN", "belarusian ruble", "白俄罗斯卢布", ""),
    ("BZD", "belize dollar", "伯利兹元", ""), ("CAD", "canadian dollar|canada dollar", "加拿大元|加元|加币", ""), ("CDF", "congolese franc", "刚果法郎", ""), ("CHF", "swiss franc", "瑞士法郎|瑞郎", ""),
    ("CLP", "chilean peso", "智利比索", ""), ("CNY", "chinese yuan|yuan|renminbi|rmb|kuai", "人民币元|人民币|块钱|块|元", "￥"), ("COP", "colombian peso", "哥伦比亚比索", ""),
    ("CRC", "costa rican colon|costa rican colón", "哥斯达黎加科朗", "₡"), ("CUP", "cuban peso", "古巴比索", ""), ("CZK", "czech koruna|koruna|kč", "捷克克朗", ""), ("DJF", "djiboutian franc", "吉布提法郎", ""),
    ("DKK", "danish krone|danish kroner", "丹麦克朗", ""), ("DOP", "dominican peso", "多米尼加比索", ""), ("DZD", "algerian dinar", "阿尔及利亚第纳尔", ""), ("EGP", "egyptian pound", "埃及镑", ""),
    ("ETB", "ethiopian birr|birr", "埃塞俄比亚比尔", ""), ("EUR", "euro", "欧元", "€"), ("FJD", "fijian dollar|fiji dollar", "斐济元", ""), ("FKP", "falkland islands pound", "福克兰镑", ""),
    ("GBP", "british pound|pound sterling|pounds sterling|sterling", "英镑", ""), ("GEL", "georgian lari", "格鲁吉亚拉里", "₾"), ("GHS", "ghanaian cedi|cedi", "加纳塞地|塞地", "₵"), ("GIP", "gibraltar pound", "直布罗陀镑", ""),
    ("GMD", "gambian dalasi", "冈比亚达拉西", ""), ("GTQ", "guatemalan quetzal|quetzal", "格查尔", ""), ("GYD", "guyanese dollar", "圭亚那元", ""), ("HKD", "hong kong dollar|hk dollar|hongkong dollar", "港元|港币|港纸", ""),
    ("HNL", "honduran lempira", "伦皮拉", ""), ("HRK", "croatian kuna|kuna", "克罗地亚库纳|库纳", ""), ("HTG", "haitian gourde", "海地古德", ""), ("HUF", "hungarian forint|forint", "匈牙利福林|福林", ""),
    ("IDR", "indonesian rupiah|rupiah|rp", "印度尼西亚盾|印尼盾|印尼卢比", ""), ("ILS", "israeli new shekel|israeli shekel|new shekel|shekel", "新谢克尔|谢克尔", "₪"), ("INR", "indian rupee", "印度卢比", "₹"),
    ("IQD", "iraqi dinar", "伊拉克第纳尔", ""), ("IRR", "iranian rial", "伊朗里亚尔", ""), ("ISK", "icelandic krona|icelandic króna", "冰岛克朗", ""), ("JMD", "jamaican dollar", "牙买加元", ""),
    ("JOD", "jordanian dinar", "约旦第纳尔", ""), ("JPY", "japanese yen|yen", "日本元|日元|日币", "¥"), ("KES", "kenyan shilling", "肯尼亚先令", ""), ("KGS", "kyrgyzstani som", "索姆", ""),
    ("KHR", "cambodian riel|riel", "瑞尔", "៛"), ("KMF", "comorian franc", "科摩罗法郎", ""), ("KPW", "north korean won", "朝鲜元", ""), ("KRW", "south korean won|korean won", "韩国元|韩元|韩币", "₩"),
    ("KWD", "kuwaiti dinar", "科威特第纳尔", ""), ("KYD", "cayman islands dollar|cayman island dollar", "开曼元", ""), ("KZT", "kazakhstani tenge|tenge", "坚戈", "₸"), ("LAK", "lao kip|laotian kip|kip", "老挝基普|基普", "₭"),
    ("LBP", "lebanese pound", "黎巴嫩镑", ""), ("LKR", "sri lankan rupee", "斯里兰卡卢比", ""), ("LRD", "liberian dollar", "利比里亚元", ""), ("LYD", "libyan dinar", "利比亚第纳尔", ""),
    ("MAD", "moroccan dirham", "摩洛哥迪拉姆", ""), ("MDL", "moldovan leu", "摩尔多瓦列伊", ""), ("MKD", "macedonian denar", "马其顿代纳尔", ""), ("MMK", "burmese kyat|kyat", "缅甸元|缅元", ""),
    ("MNT", "mongolian tugrik|mongolian togrog|tugrik", "图格里克", "₮"), ("MOP", "macanese pataca|pataca", "澳门元|澳门币", ""), ("MUR", "mauritian rupee", "毛里求斯卢比", ""), ("MXN", "mexican peso", "墨西哥比索", ""),
    ("MYR", "malaysian ringgit|ringgit|rm", "马来西亚林吉特|林吉特|令吉|马币", ""), ("MZN", "mozambican metical|metical", "梅蒂卡尔", ""), ("NAD", "namibian dollar", "纳米比亚元", ""), ("NGN", "nigerian naira|naira", "尼日利亚奈拉|奈拉", "₦"),
    ("NOK", "norwegian krone|norwegian kroner", "挪威克朗", ""), ("NPR", "nepalese rupee", "尼泊尔卢比", ""), ("NZD", "new zealand dollar", "新西兰元|纽元|纽币", ""), ("OMR", "omani rial", "阿曼里亚尔", ""),
    ("PAB", "panamanian balboa|balboa", "巴波亚", ""), ("PEN", "peruvian sol", "秘鲁索尔", ""), ("PGK", "papua new guinean kina", "基那", ""), ("PHP", "philippine peso", "菲律宾比索", "₱"), ("PKR", "pakistani rupee", "巴基斯坦卢比", ""),
    ("PLN", "polish zloty|polish złoty|zloty|złoty|zł", "波兰兹罗提|兹罗提", ""), ("PYG", "paraguayan guarani", "瓜拉尼", "₲"), ("QAR", "qatari riyal", "卡塔尔里亚尔", ""), ("RON", "romanian leu", "罗马尼亚列伊", ""),
    ("RSD", "serbian dinar", "塞尔维亚第纳尔", ""), ("RUB", "russian ruble|russian rouble", "俄罗斯卢布|俄国卢布", "₽"), ("RWF", "rwandan franc", "卢旺达法郎", ""), ("SAR", "saudi riyal|saudi rial", "沙特里亚尔", ""),
    ("SBD", "solomon islands dollar", "所罗门群岛元", ""), ("SCR", "seychellois rupee", "塞舌尔卢比", ""), ("SDG", "sudanese pound", "苏丹镑", ""), ("SEK", "swedish krona|swedish krone|swedish kronor", "瑞典克朗", ""), ("SGD", "singapore dollar", "新加坡元|新加坡币|新元|新币|坡币", ""),
    ("SOS", "somali shilling", "索马里先令", ""), ("SRD", "surinamese dollar", "苏里南元", ""), ("SSP", "south sudanese pound", "南苏丹镑", ""), ("SYP", "syrian pound", "叙利亚镑", ""), ("THB", "thai baht|baht", "泰铢|泰元", "฿"), ("TJS", "tajikistani somoni|somoni", "索莫尼", ""),
    ("TMT", "turkmenistan manat", "土库曼马纳特", ""), ("TND", "tunisian dinar", "突尼斯第纳尔", ""), ("TRY", "turkish lira|turkey lira|tl", "土耳其里拉", "₺"), ("TTD", "trinidad dollar|trinidadian dollar|trinidad and tobago dollar", "特立尼达多巴哥元", ""),
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
pub(super) const DOLLAR_PREFIXES: &[(&str, &str)] = &[
    ("us", "USD"), ("c", "CAD"), ("can", "CAD"), ("ca", "CAD"), ("a", "AUD"), ("au", "AUD"), ("nz", "NZD"), ("hk", "HKD"), ("s", "SGD"), ("sg", "SGD"), ("nt", "TWD"), ("mex", "MXN"), ("mx", "MXN"),
    ("r", "BRL"), ("b", "BND"), ("ci", "KYD"), ("gy", "GYD"), ("g", "GYD"), ("j", "JMD"), ("n", "NAD"), ("si", "SBD"), ("ws", "WST"), ("bvi", "British Virgin Islands dollar"), ("tt", "TTD"),
];

/// Codes that are told from words in lower case too.
pub(super) const PLAIN_CODES: &str = "usd eur gbp jpy cny hkd twd krw inr aud chf sgd nzd brl mxn zar rub nok dkk thb myr idr vnd php czk huf pln kzt uah aed ars clp xof xaf cad";

/// A way to spell a kind of money.
#[derive(Clone, Copy)]
pub(super) struct Name {
    /// The ISO code or generic name.
    pub(super) money: &'static str,
    /// How it is spelled, in lower case.
    pub(super) spelled: &'static str,
    /// Its characters.
    pub(super) length: usize,
    /// How many make one of the main unit: 1 for main units.
    pub(super) parts: i64,
}

#[derive(Default)]
struct Index {
    english: HashMap<char, Vec<Name>>,
    chinese: HashMap<char, Vec<Name>>,
    signs: HashMap<char, &'static str>,
    codes: HashMap<String, &'static str>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index::default();
    let main =
        NATIONAL.iter().chain(GENERIC).map(|&(money, english, chinese, sign)| (money, english, chinese, sign, 1));
    for (money, english, chinese, sign, parts) in
        main.chain(MINOR.iter().map(|&(money, english, chinese, parts)| (money, english, chinese, "", parts)))
    {
        for (names, map) in [(english, &mut index.english), (chinese, &mut index.chinese)] {
            for spelled in names.split('|') {
                if let Some(first) = spelled.chars().next() {
                    map.entry(first).or_default().push(Name { money, spelled, length: spelled.chars().count(), parts });
                }
            }
        }
        if let Some(sign) = sign.chars().next() {
            index.signs.entry(sign).or_insert(money);
        }
    }
    index.codes = NATIONAL.iter().map(|(code, ..)| (code.to_ascii_lowercase(), *code)).collect();
    index
});

/// The English names that begin with a character, of either case.
pub(super) fn english(first: char) -> &'static [Name] {
    INDEX.english.get(&first.to_ascii_lowercase()).map_or(&[], Vec::as_slice)
}

/// The Chinese names that begin with a character.
pub(super) fn chinese(first: char) -> &'static [Name] {
    INDEX.chinese.get(&first).map_or(&[], Vec::as_slice)
}

/// The money that a sign of one character stands for.
pub(super) fn sign(c: char) -> Option<&'static str> {
    if c.is_ascii() && c != '$' || crate::text::is_han(c) { None } else { INDEX.signs.get(&c).copied() }
}

/// The currency of an ISO code in lower case.
pub(super) fn code(lower: &str) -> Option<&'static str> {
    INDEX.codes.get(lower).copied()
}
