//! What comparing finds, pair by pair.

use super::{Finding, compare};
use crate::text::Language;

fn disagreements(chinese: &str, english: &str) -> Vec<(String, String, String)> {
    let told = |finding| match finding {
        Finding::Disagree { chinese: a, english: b, factor } => {
            Some((chinese[a.range].to_owned(), english[b.range].to_owned(), factor.to_decimal()))
        }
        _ => None,
    };
    compare(chinese, english).into_iter().filter_map(told).collect()
}

#[test]
fn the_classic_slip_is_found() {
    let found =
        disagreements("融资 86 亿美元，估值 190 亿美元。", "It raised $86 billion at a valuation of $19 billion.");
    assert_eq!(found, [("86 亿美元".into(), "$86 billion".into(), "0.1".into())]);
}

#[test]
fn agreeing_figures_are_paired_whatever_their_order() {
    let findings = compare("占 20%，即 3000 万人。", "30 million people, a fifth of all.");
    assert_eq!(findings.len(), 2);
    assert!(findings.iter().all(|finding| matches!(finding, Finding::Agree { .. })));
}

#[test]
fn what_one_side_alone_says_is_no_disagreement() {
    let findings = compare("出口 100 亿美元（约 720 亿元）。", "Exports came to $10 billion.");
    assert!(matches!(findings[0], Finding::Agree { .. }));
    assert!(
        matches!(&findings[1], Finding::OnlyHere { side: Language::Chinese, figure } if figure.value.to_decimal() == "72000000000")
    );
}

#[test]
fn the_one_amount_left_of_its_unit_is_compared() {
    assert_eq!(disagreements("失业率为 5.2%。", "Unemployment is at 2.5%.").len(), 1);
    assert_eq!(disagreements("亏损 36 亿欧元。", "It lost €63bn.").len(), 1);
    assert!(disagreements("亏损 36 亿欧元。", "It lost $3.9bn.").is_empty());
}

#[test]
fn tables_of_data_are_left_alone() {
    let chinese = "5 ".repeat(5_000);
    let english = "50 ".repeat(5_000);
    assert!(compare(&chinese, &english).iter().all(|finding| matches!(finding, Finding::OnlyHere { .. })));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(256))]

    #[test]
    fn any_two_texts_can_be_compared(chinese in "[0-9一二三十百万亿点分之半成%., 美元年]{0,30}", english in "[0-9.,% $mbn-]{0,30}") {
        let findings = compare(&chinese, &english);
        let told = |findings: &[Finding]| findings.iter().filter(|finding| matches!(finding, Finding::Disagree { .. })).count();
        proptest::prop_assert!(told(&findings) <= findings.len());
        for finding in &findings {
            if let Finding::Disagree { chinese: a, english: b, .. } = finding {
                proptest::prop_assert_ne!(a.value, b.value);
            }
        }
    }

    #[test]
    fn a_figure_agrees_with_itself_in_the_other_language(number in 2_u32..100_000, unit in 0_usize..3) {
        let (chinese, english) = [("万", "0000"), ("亿", "00 million"), ("", "")][unit];
        let findings = compare(&format!("共 {number}{chinese}美元"), &format!("${number}{english} in all"));
        proptest::prop_assert!(matches!(findings[..], [Finding::Agree { .. }]), "{findings:?}");
    }
}
