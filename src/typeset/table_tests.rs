use super::*;

#[test]
fn columns_shrink_only_as_far_as_they_must() {
    let widths = |natural: &[u16], room, words: &[u16]| widths(natural, room, || words.to_vec());
    assert_eq!(widths(&[4, 10], 16, &[4, 10]), Some(vec![4, 10]));
    assert_eq!(widths(&[4, 30], 26, &[4, 2]), Some(vec![4, 20]));
    assert_eq!(widths(&[40, 40], 42, &[6, 6]), Some(vec![20, 20]));
    assert_eq!(widths(&[12, 100], 62, &[10, 6]), Some(vec![12, 48]));
    assert_eq!(
        widths(&[60, 100, 9], 64, &[10, 6, 9]),
        Some(vec![22, 29, 9])
    );
    assert_eq!(
        widths(&[10, 10, 10], 19, &[6, 6, 6]),
        None,
        "three columns of six and two gaps are 22"
    );
    assert_eq!(widths(&[9; 40], 80, &[9; 40]), None);
    assert_eq!(
        widths(&[30, 30], 30, &[20, 12]),
        None,
        "a word of the one or the other would be cut"
    );
}
