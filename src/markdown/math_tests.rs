//! Mathematics and money.

use crate::markdown::dump::{parsed, tagged};

fn text(source: &str) -> String {
    tagged(&parsed(source))
}

#[test]
fn money_is_no_mathematics() {
    for source in [
        "raised $8.6 billion in debt, increasing its valuation to $19 billion",
        "from $2 billion (or US$3) to $19",
        "between $5-$10, or A$5 and HK$7",
        "涨至$5/股，合US$ 6，$7。",
        "**$5B**",
        "cost $5 or $6$",
        "$HOME/bin and $PATH",
        "a $, b $",
        "$$$",
    ] {
        let shown = text(source).replace("<b>", "**").replace("</>", "**");
        assert_eq!(shown, source);
    }
}

#[test]
fn formulas_are_shown_as_written() {
    for (source, expected) in [
        ("where $x$ is", "where <math>$x$</> is"),
        (
            r"$\alpha_{i}*b_{j}*c$，后",
            r"<math>$\alpha_{i}*b_{j}*c$</>，后",
        ),
        (r"$\{x\}$", r"<math>$\{x\}$</>"),
        ("$a + b = c$", "<math>$a + b = c$</>"),
        (
            "$10^{-3}$ and $5 million",
            "<math>$10^{-3}$</> and $5 million",
        ),
        ("**$5** of $x_1$", "<b>$5</> of <math>$x_1$</>"),
        (
            "$$\nE = mc^2\n$$",
            "<math>$$</>\n<math>E = mc^2</>\n<math>$$</>",
        ),
        ("`$x$` and $5", "<code>$x$</> and $5"),
        (r"\$x$ y\$", "$x$ y$"),
    ] {
        assert_eq!(text(source), expected, "{source}");
    }
}
