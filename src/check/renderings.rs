//! Names and terms that are rendered in two ways: names learnt from paragraphs that translate each other, terms by a
//! glossary.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::finding::Finding;
use super::glossary::Glossary;
use super::rule::Rule;
use crate::bilingual::{Alignment, Bead, prose};
use crate::markdown::Document;
use crate::text::{is_han, simplified_form};

/// Characters that write the sounds of foreign names, as the tables of Xinhua have them. Those that are more often words
/// of their own are left out.
const SOUNDS: &str = "阿埃艾爱安昂奥澳巴拜班邦鲍贝彼毕宾波伯博布查达戴丹德登邓迪蒂丁杜敦厄恩尔法凡范菲费芬丰冯弗福夫盖甘冈戈格葛古瓜圭哈汉豪赫亨洪霍基吉季贾杰金卡凯坎康考柯科克肯库夸奎昆拉莱赖兰朗劳勒雷蕾丽莉列林琳龙卢鲁路露伦罗洛马玛迈麦曼芒梅蒙米密摩莫默姆穆拿纳娜奈南尼妮宁纽农努诺欧帕潘庞佩彭蓬皮匹平珀普奇契恰乔琼丘茹瑞萨塞桑瑟森沙莎舍施什士舒朔斯丝思苏索塔泰坦汤唐陶特滕提廷图托瓦旺威韦维魏温沃乌伍希锡夏肖谢辛欣休许雅亚延扬耶伊依英约赞泽扎詹朱卓兹佐连南里利西切钦辽";
/// Shorter runs are words more often than names.
const SHORTEST: usize = 3;
/// A name is learnt from so many paragraphs of an article.
const LEARNT: usize = 2;
/// The most names of an article that are looked at, the paragraphs in which one is, the names that are compared with those
/// of other articles, and the terms that are looked up: hostile texts have more.
const MOST_NAMES: usize = 100;
const MOST_PLACES: usize = 100;
const MOST_KNOWN: usize = 20;
const MOST_TERMS: usize = 500;

/// A name in both languages, as one article has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamePair {
    /// The name in English, one word.
    pub english: String,
    /// What renders it.
    pub chinese: String,
    /// The first line of the file with it, counted from 1.
    pub line: u32,
}

/// By rendering, the articles with it and their lines.
type Places<'t> = HashMap<&'t str, Vec<(usize, u32)>>;

/// Two paragraphs that translate each other.
struct Pair<'t> {
    line: u32,
    /// What may be names in Chinese.
    runs: HashSet<String>,
    chinese: String,
    english: &'t str,
}

/// The findings in an article, and the names that others should render alike.
pub(super) fn inspect_names(
    alignment: &Alignment,
    [chinese, english]: [&Document; 2],
    glossary: &Glossary,
) -> (Vec<Finding>, Vec<NamePair>) {
    let beads = alignment.beads.iter().filter(|bead| bead.is_pair());
    let beads: Vec<&Bead> = beads.collect();
    let texts: Vec<String> = beads
        .iter()
        .map(|bead| prose(english, &bead.english))
        .collect();
    let names = places(&texts);
    if names.is_empty() && glossary.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let pairs = beads.iter().zip(&texts).map(|(bead, english)| {
        let text = prose(chinese, &bead.chinese);
        let text: String = text.chars().map(simplified_form).collect();
        Pair {
            line: chinese.blocks[bead.chinese.start as usize].line,
            runs: runs(&text).collect(),
            chinese: text,
            english,
        }
    });
    let pairs: Vec<Pair<'_>> = pairs.collect();
    let mut by_run: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, pair) in pairs.iter().enumerate() {
        for run in &pair.runs {
            by_run.entry(run).or_default().push(at);
        }
    }
    let (mut findings, mut known) = (missing_terms(&pairs, glossary), Vec::new());
    for (name, here) in names {
        let Some(usual) = usual_rendering(&here, &pairs, &by_run) else {
            continue;
        };
        let has = |at: &&usize| pairs[**at].chinese.contains(usual);
        let first = here.iter().find(has);
        known.push(NamePair {
            english: name.to_owned(),
            chinese: usual.to_owned(),
            line: first.map_or(1, |at| pairs[*at].line),
        });
        for at in here.iter().filter(|at| !has(at)) {
            let is_only_here = |run: &&String| {
                let places = &by_run[run.as_str()];
                places.iter().all(|at| here.binary_search(at).is_ok())
            };
            let others = pairs[*at].runs.iter().filter(|run| are_alike(usual, run));
            let other = others.filter(is_only_here).min();
            if let Some(other) = other.filter(|other| !glossary.has_both(name, usual, other)) {
                let message = tr!(
                    "{name} is {usual} elsewhere and {other} here",
                    name = name,
                    usual = usual,
                    other = other
                );
                findings.push(Finding::new(Rule::TwoRenderings, pairs[*at].line, message));
            }
        }
    }
    known.truncate(MOST_KNOWN);
    (findings, known)
}

/// The names that are in several texts, with these.
fn places(texts: &[String]) -> Vec<(&str, Vec<usize>)> {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, text) in texts.iter().enumerate() {
        for name in names(text) {
            let all = places.entry(name).or_default();
            if all.last() != Some(&at) {
                all.push(at);
            }
        }
    }
    let mut places: Vec<(&str, Vec<usize>)> = places.into_iter().collect();
    places.retain(|(_, places)| (LEARNT..=MOST_PLACES).contains(&places.len()));
    places.sort_unstable();
    places.truncate(MOST_NAMES);
    places
}

/// What renders a name that is in some pairs: the run that is where it is, and hardly elsewhere, by Dice's coefficient.
fn usual_rendering<'p>(
    here: &[usize],
    pairs: &'p [Pair<'_>],
    by_run: &HashMap<&str, Vec<usize>>,
) -> Option<&'p str> {
    let mut runs: Vec<&'p str> = here
        .iter()
        .flat_map(|at| pairs[*at].runs.iter().map(String::as_str))
        .collect();
    runs.sort_unstable();
    runs.dedup();
    let rank = |run: &str| {
        let has = |at: &&usize| pairs[**at].chinese.contains(run);
        let common = here.iter().filter(has).count();
        let is_elsewhere = |at: &&usize| here.binary_search(at).is_err();
        let others = by_run[run].iter().filter(is_elsewhere).count();
        let is_usual = common >= LEARNT && common * 2 >= here.len() && others * 2 <= common;
        is_usual.then(|| 2_000 * common / (here.len() + common + others))
    };
    let ranked = runs
        .iter()
        .filter_map(|run| Some((rank(run)?, run.len(), *run)));
    ranked.max().map(|(.., run)| run)
}

/// The terms of a glossary whose renderings are nowhere in the article, at the first paragraph that has them.
fn missing_terms(pairs: &[Pair<'_>], glossary: &Glossary) -> Vec<Finding> {
    let mut known: HashSet<String> = HashSet::new();
    let mut findings = Vec::new();
    for pair in pairs {
        for (term, renderings) in glossary.terms_in(pair.english) {
            let simplified = |it: &String| it.chars().map(simplified_form).collect::<String>();
            let is_rendered = |it: &String| {
                pairs
                    .iter()
                    .any(|pair| pair.chinese.contains(&simplified(it)))
            };
            if known.len() < MOST_TERMS
                && known.insert(term.to_lowercase())
                && !renderings.iter().any(is_rendered)
            {
                let message = tr!(
                    "{term} is rendered otherwise than in the glossary: {renderings}",
                    term = term,
                    renderings = renderings.join(" | ")
                );
                findings.push(Finding::new(Rule::TwoRenderings, pair.line, message));
            }
        }
    }
    findings
}

/// Names that several articles render in two ways that are alike: of each article but those with the usual one its
/// index, the pair and the usual rendering.
pub fn disagreeing_names(
    articles: &[(usize, NamePair)],
    glossary: &Glossary,
) -> Vec<(usize, Finding)> {
    let mut by_name: HashMap<&str, Places<'_>> = HashMap::new();
    for (article, pair) in articles {
        let renderings = by_name.entry(&pair.english).or_default();
        renderings
            .entry(&pair.chinese)
            .or_default()
            .push((*article, pair.line));
    }
    let mut found = Vec::new();
    for (name, renderings) in by_name {
        let usual = renderings
            .iter()
            .max_by_key(|(chinese, places)| (places.len(), **chinese));
        let Some((usual, places)) = usual else {
            continue;
        };
        for (other, others) in &renderings {
            let is_rare = others.len() * 2 <= places.len();
            if !is_rare || !are_alike(usual, other) || glossary.has_both(name, usual, other) {
                continue;
            }
            let message = tr!(
                "{name} is {usual} in other articles and {other} here",
                name = name,
                usual = usual,
                other = other
            );
            let finding = |line| Finding::new(Rule::TwoRenderings, line, message.clone());
            found.extend(
                others
                    .iter()
                    .map(|(article, line)| (*article, finding(*line))),
            );
        }
    }
    found
}

/// The words that may be names: capitalised, of four letters or more.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_alphabetic());
    words.filter(|word| {
        let mut letters = word.chars();
        let is_capital = letters.next().is_some_and(char::is_uppercase);
        word.chars().count() >= 4 && is_capital && letters.all(char::is_lowercase)
    })
}

/// The longest runs of characters that write sounds.
fn runs(text: &str) -> impl Iterator<Item = String> {
    static IS_SOUND: LazyLock<HashSet<char>> = LazyLock::new(|| SOUNDS.chars().collect());
    let runs = text.split(|c: char| !is_han(c) || !IS_SOUND.contains(&c));
    let runs = runs.filter(|run| (SHORTEST..=8).contains(&run.chars().count()));
    runs.map(str::to_owned)
}

/// Whether two runs are likely to write one name: at most half of the longer one is another, and neither is a part of
/// the other.
fn are_alike(one: &str, other: &str) -> bool {
    let length = one.chars().count().max(other.chars().count());
    !one.contains(other) && !other.contains(one) && strsim::levenshtein(one, other) * 2 <= length
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bilingual::Text;
    use crate::check::inspect;
    use crate::digest;

    const CHINESE: [&str; 4] = [
        "泽连斯基周二在基辅会见了来访的客人，双方谈到了冬天的供电和边境的安全，会谈持续了两个小时。",
        "晚上，泽连斯基发表了电视讲话，他感谢盟国提供的帮助，也要求它们更快地交付已经答应的设备。",
        "反对派批评说，这次讲话没有提到预算，也没有说明选举什么时候举行，议会下周将就此展开辩论。",
        "议会发言人表示，泽连斯基将在星期五出席会议，回答议员的问题，会议向媒体开放，并在网上直播。",
    ];
    const ENGLISH: [&str; 4] = [
        "On Tuesday Zelensky met the visitors in Kyiv; they spoke of power supplies in winter and of security at the border for two hours.",
        "In the evening Zelensky gave a speech on television, thanked the allies for their help and asked them to deliver faster what they had promised.",
        "The opposition said that the speech did not mention the budget nor when elections would be held; parliament will debate it next week.",
        "The speaker of parliament said that Zelensky would attend on Friday to answer questions; the session is open to the press and streamed.",
    ];

    fn found(chinese: &[String], glossary: &Glossary) -> (Vec<String>, Vec<NamePair>) {
        let source = format!(
            "{}\n\n---\n\n**Summary:**\n\n{}\n",
            chinese.join("\n\n"),
            ENGLISH.join("\n\n")
        );
        let text = Text::new(digest::read(source.as_bytes(), "a.md"));
        let inspection = inspect(&text, glossary);
        let renderings = inspection
            .findings
            .into_iter()
            .filter(|it| it.rule == Rule::TwoRenderings);
        (
            renderings
                .map(|it| format!("{}: {}", it.line, it.message))
                .collect(),
            inspection.names,
        )
    }

    #[test]
    fn a_name_rendered_in_two_ways_is_found_unless_both_are_in_the_glossary() {
        let mut chinese = CHINESE.map(str::to_owned).to_vec();
        let none = Glossary::default();
        let (findings, names) = found(&chinese, &none);
        assert_eq!(findings, [""; 0]);
        let name = NamePair {
            english: "Zelensky".into(),
            chinese: "泽连斯基".into(),
            line: 1,
        };
        assert_eq!(names, std::slice::from_ref(&name));
        chinese[3] = chinese[3].replace("泽连", "泽伦");
        let findings = found(&chinese, &none).0;
        assert_eq!(
            findings,
            ["7: Zelensky is 泽连斯基 elsewhere and 泽伦斯基 here"]
        );
        let synonyms = Glossary::new("Zelensky\t泽连斯基|泽伦斯基\n").unwrap();
        assert_eq!(found(&chinese, &synonyms).0, [""; 0]);
        let other = Glossary::new("Kyiv\t基輔\nparliament\t国会").unwrap();
        assert_eq!(
            found(&chinese, &other).0[0],
            "5: parliament is rendered otherwise than in the glossary: 国会"
        );
        let other = NamePair {
            chinese: "泽伦斯基".into(),
            line: 9,
            ..name.clone()
        };
        let articles = [(0, name.clone()), (3, other), (4, name)];
        let across = disagreeing_names(&articles, &none);
        let across: Vec<_> = across
            .iter()
            .map(|(at, it)| (*at, it.line, it.message.as_str()))
            .collect();
        assert_eq!(
            across,
            [(
                3,
                9,
                "Zelensky is 泽连斯基 in other articles and 泽伦斯基 here"
            )]
        );
        assert!(disagreeing_names(&articles, &synonyms).is_empty());
    }

    #[test]
    fn names_are_capitalised_words_in_any_letters() {
        let found: Vec<&str> = names("Łukawski and 𝕏 met OpenAI, Ann and Émile").collect();
        assert_eq!(found, ["Łukawski", "Émile"]);
    }

    #[test]
    fn parts_and_other_names_are_not_alike() {
        assert!(are_alike("奥特曼", "阿尔特曼") && are_alike("德里达", "德希达"));
        for (one, other) in [
            ("斯基", "泽连斯基"),
            ("特朗普", "拜登"),
            ("马克龙", "马斯克"),
        ] {
            assert!(!are_alike(one, other), "{one} {other}");
        }
    }
}
