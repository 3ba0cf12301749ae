//! Words around Chinese figures: what a lone numeral can count, what makes it part of a word, and what makes a figure vague.

use super::super::figure::folded::Folded;
use super::numeral;
use crate::text::is_han;

/// Classifiers and nouns that are counted, and words that may follow a number at the end of a phrase.
const COUNTED: &str = "个只双对打倍票项亩天船车辆群页杯人张次位份批届级种套笔根块件座步颗棵节支名年月日号朵克吨磅码升台卷箱包桶袋家期层所架把片间碟部秒章段星州款代维重户楼路篇句键本字边场线岸类番组系声战轮股站集处省里遍品版阶侧岁幕枚招卡幅街辈室堆封族圈排目网科村审册例局寸碗趟届格滴院堂尺档盘门客餐艘丈曲团派桥抹枝贯列机盒队栋席斤击题型柱拍剧匹湖壶校泉具串束株栏炮斗桌针帧滩县盏锅屋池围棒树缸伙签坨桩顿纸厂杆仓床帖屏洞泡园馆湾拨枪职亭条大小公周元季时成折点";

/// What turns 一 into another word: 一样, 一起, 一般, …
const AFTER_ONE: &str = "样起般些下直定切旦致边面时体手生身心道路带等度向流味方同律再概并共旁点口头番阵线大小公季成键类步系列代级旦位种部片重本次名";

/// What ends in 一 as another word: 统一, 唯一, 之一, …
const BEFORE_ONE: &str = "统唯万之任单同逐专某第其合归";

/// Words that make the figure after them vague.
const VAGUE_BEFORE: &[&str] = &[
    "约", "近", "逾", "超过", "超", "大概", "至少", "最少", "多达", "高达", "最多", "至多", "不到", "不足", "接近",
    "几乎", "将近", "约为", "约合", "上", "多于", "少于", "高于", "低于", "~", "～", "≈", ">", "<", "最高",
];

/// Words that make the figure before them vague.
const VAGUE_AFTER: &[&str] = &["左右", "以上", "上下", "以下", "+", "多", "余", "开外"];

/// Whether a lone numeral at an index, one character long, is a number there and not part of a word.
pub(super) fn stands_alone(text: &Folded, at: usize) -> bool {
    let (numeral, before, next) = (text.at(at), text.before(at), text.at(at + 1));
    let financial =
        !matches!(numeral, '零' | '〇' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '两');
    if financial && is_han(before) && !matches!(before, '是' | '为' | '约' | '共' | '计') {
        return false;
    }
    if ["星期", "礼拜", "周"].iter().any(|day| text.ends_with(at, day)) {
        return false;
    }
    if numeral == '十' && next == '点' || financial && matches!(next, '续' | '川') {
        return false;
    }
    if numeral == '一' && BEFORE_ONE.contains(before) {
        return false;
    }
    if !is_han(next) {
        return numeral != '一' || !is_han(before) || matches!(before, '是' | '为' | '到' | '至' | '于' | '有');
    }
    if numeral == '一' && AFTER_ONE.contains(next) {
        // 一次 and 一种 count, but say no more than 一个 does: they are left to the figures that matter.
        return matches!(next, '次' | '种' | '位' | '名' | '部' | '片' | '本' | '级' | '代' | '类' | '步');
    }
    if next == '分' {
        return text.at(at + 2) == '之';
    }
    let copula = next == '是'
        || matches!(next, '这' | '那' | '不' | '也' | '还' | '而' | '却' | '更' | '但') && text.at(at + 2) == '是';
    copula
        || COUNTED.contains(next)
        || matches!(next, '的' | '到' | '至' | '以' | '和' | '与' | '或' | '加' | '减' | '乘' | '除')
        || numeral::begins(next)
}

/// Whether the text says that the figure in a range of characters is not exact.
pub(super) fn vague(text: &Folded, start: usize, end: usize) -> bool {
    let before = text.skip_spaces_back(start);
    let after = text.skip_spaces(end);
    VAGUE_BEFORE.iter().any(|word| text.ends_with(before, word))
        || VAGUE_AFTER.iter().any(|word| text.starts_with(after, word))
}

/// Whether what follows a number can be counted by it.
pub(super) fn counts(text: &Folded, at: usize) -> bool {
    COUNTED.contains(text.at(at))
}
