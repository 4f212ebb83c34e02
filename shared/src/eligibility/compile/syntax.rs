//! The small language of the rules: from text to a tree, names and units not looked at yet.

use super::super::span::Exact;

/// An expression as it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    Number(Exact),
    /// `1535 yuan`, in fen.
    Money(Exact),
    /// `wages`, `dibao.standard`.
    Name(String),
    /// `wages is unsure`: the name and the options.
    Is(String, Vec<String>),
    Call(String, Vec<Tree>),
    Not(Box<Tree>),
    Pair(Operator, Box<[Tree; 2]>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Or,
    And,
    Less,
    AtMost,
    More,
    AtLeast,
    Equal,
    Unequal,
    Plus,
    Minus,
    Times,
    Over,
}

/// Reads an expression.
///
/// # Errors
/// A sentence that says what was expected where.
pub fn parse(text: &str) -> Result<Tree, String> {
    let mut reader = Reader { tokens: tokens(text)?, next: 0 };
    let tree = reader.expression(0)?;
    match reader.peek() {
        None => Ok(tree),
        Some(left) => Err(format!("the expression should end before `{}`", left.text())),
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(Exact),
    Word(String),
    Sign(&'static str),
}

impl Token {
    fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Word(word) => word.clone(),
            Self::Sign(sign) => (*sign).to_owned(),
        }
    }
}

/// Longer signs first, so that `<=` is not read as `<`.
const SIGNS: [&str; 16] = ["<=", ">=", "==", "!=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",", "%"];

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_digit() {
            let length = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            tokens.push(Token::Number(decimal(&rest[..length])?));
            length
        } else if first.is_ascii_alphabetic() || first == '_' {
            let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.').unwrap_or(rest.len());
            tokens.push(Token::Word(rest[..length].to_owned()));
            length
        } else {
            let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
            let sign = sign.ok_or_else(|| format!("`{first}` has no meaning here"))?;
            tokens.push(Token::Sign(sign));
            sign.len()
        };
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

/// A decimal number, exactly: `1.5` is three halves.
pub fn decimal(text: &str) -> Result<Exact, String> {
    let wrong = || format!("`{text}` is no number");
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let scale = u32::try_from(part.len()).ok().and_then(|places| 10_i64.checked_pow(places)).ok_or_else(wrong)?;
    let digits: i64 = format!("{whole}{part}").parse().map_err(|_| wrong())?;
    Ok(Exact::new(digits, scale))
}

struct Reader {
    tokens: Vec<Token>,
    next: usize,
}

impl Reader {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn take(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.next).cloned();
        self.next += 1;
        token
    }

    fn takes(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.next += usize::from(found);
        found
    }

    fn takes_word(&mut self, word: &str) -> bool {
        self.takes(&Token::Word(word.to_owned()))
    }

    fn expect(&mut self, sign: &'static str) -> Result<(), String> {
        if self.takes(&Token::Sign(sign)) {
            return Ok(());
        }
        let found = self.peek().map_or_else(|| "the end".to_owned(), |token| format!("`{}`", token.text()));
        Err(format!("`{sign}` is expected before {found}"))
    }

    /// Precedence climbing: an operator binds what follows as long as that binds tighter.
    fn expression(&mut self, least: u8) -> Result<Tree, String> {
        let mut left = self.operand()?;
        while let Some((operator, binds)) = self.peek().and_then(operator).filter(|(_, binds)| *binds > least) {
            self.next += 1;
            let right = self.expression(binds)?;
            left = Tree::Pair(operator, Box::new([left, right]));
            if binds == COMPARES && self.peek().and_then(self::operator).is_some_and(|(_, next)| next == COMPARES) {
                return Err("comparisons cannot be chained; join them with `and`".to_owned());
            }
        }
        Ok(left)
    }

    fn operand(&mut self) -> Result<Tree, String> {
        match self.take() {
            Some(Token::Number(number)) if self.takes_word("yuan") => Ok(Tree::Money(number * 100)),
            Some(Token::Number(number)) => Ok(Tree::Number(number)),
            Some(Token::Sign("(")) => {
                let inner = self.expression(0)?;
                self.expect(")")?;
                Ok(inner)
            }
            Some(Token::Word(word)) if word == "not" => Ok(Tree::Not(Box::new(self.expression(NEGATES)?))),
            Some(Token::Word(word)) if self.takes(&Token::Sign("(")) => {
                let arguments = self.list(")", |reader| reader.expression(0))?;
                Ok(Tree::Call(word, arguments))
            }
            Some(Token::Word(word)) if self.takes_word("is") => Ok(Tree::Is(word, self.options()?)),
            Some(Token::Word(word)) => Ok(Tree::Name(word)),
            Some(token) => Err(format!("`{}` cannot stand here", token.text())),
            None => Err("something is missing at the end".to_owned()),
        }
    }

    fn options(&mut self) -> Result<Vec<String>, String> {
        if self.takes(&Token::Sign("[")) {
            return self.list("]", Self::option);
        }
        Ok(vec![self.option()?])
    }

    fn option(&mut self) -> Result<String, String> {
        match self.take() {
            Some(Token::Word(word)) => Ok(word),
            _ => Err("the name of an option is expected".to_owned()),
        }
    }

    fn list<T>(&mut self, end: &'static str, item: impl Fn(&mut Self) -> Result<T, String>) -> Result<Vec<T>, String> {
        let mut items = vec![item(self)?];
        while self.takes(&Token::Sign(",")) {
            items.push(item(self)?);
        }
        self.expect(end)?;
        Ok(items)
    }
}

const NEGATES: u8 = 3;
const COMPARES: u8 = 4;

fn operator(token: &Token) -> Option<(Operator, u8)> {
    Some(match token {
        Token::Word(word) if word == "or" => (Operator::Or, 1),
        Token::Word(word) if word == "and" => (Operator::And, 2),
        Token::Sign("<") => (Operator::Less, COMPARES),
        Token::Sign("<=") => (Operator::AtMost, COMPARES),
        Token::Sign(">") => (Operator::More, COMPARES),
        Token::Sign(">=") => (Operator::AtLeast, COMPARES),
        Token::Sign("==") => (Operator::Equal, COMPARES),
        Token::Sign("!=") => (Operator::Unequal, COMPARES),
        Token::Sign("+") => (Operator::Plus, 5),
        Token::Sign("-") => (Operator::Minus, 5),
        Token::Sign("*") => (Operator::Times, 6),
        Token::Sign("/") => (Operator::Over, 6),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shape(text: &str) -> String {
        match parse(text) {
            Ok(tree) => written(&tree),
            Err(wrong) => wrong,
        }
    }

    fn written(tree: &Tree) -> String {
        match tree {
            Tree::Number(number) => number.to_string(),
            Tree::Money(fen) => format!("{fen}fen"),
            Tree::Name(name) => name.clone(),
            Tree::Is(name, options) => format!("{name}∈{}", options.join("|")),
            Tree::Call(name, arguments) => {
                format!("{name}({})", arguments.iter().map(written).collect::<Vec<_>>().join(","))
            }
            Tree::Not(tree) => format!("!{}", written(tree)),
            Tree::Pair(operator, pair) => format!("[{operator:?} {} {}]", written(&pair[0]), written(&pair[1])),
        }
    }

    #[test]
    fn operators_bind_as_in_arithmetic() {
        assert_eq!(shape("a + b * c < d and not e or f"), "[Or [And [Less [Plus a [Times b c]] d] !e] f]");
        assert_eq!(shape("a - b - c"), "[Minus [Minus a b] c]");
        assert_eq!(shape("not age >= 60"), "![AtLeast age 60]");
        assert_eq!(shape("(a or b) and c"), "[And [Or a b] c]");
    }

    #[test]
    fn money_options_and_calls_are_read() {
        assert_eq!(shape("max(standard * 1.5, 1535.50 yuan)"), "max([Times standard 3/2],153550fen)");
        assert_eq!(shape("disability is [grade1, grade2] and home is own"), "[And disability∈grade1|grade2 home∈own]");
        assert_eq!(shape("eligible(dibao) and x <= dibao.standard"), "[And eligible(dibao) [AtMost x dibao.standard]]");
    }

    #[test]
    fn mistakes_are_named() {
        assert_eq!(shape("a <"), "something is missing at the end");
        assert_eq!(shape("a < b < c"), "comparisons cannot be chained; join them with `and`");
        assert_eq!(shape("(a"), "`)` is expected before the end");
        assert_eq!(shape("a b"), "the expression should end before `b`");
        assert_eq!(shape("a ≤ b"), "`≤` has no meaning here");
        assert_eq!(shape("1.2.3"), "`1.2.3` is no number");
        assert_eq!(shape("99999999999999999999"), "`99999999999999999999` is no number");
        assert_eq!(shape("a is [x,"), "the name of an option is expected");
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in "\\PC{0,80}", ascii in "[a-c0-9 .<>=()\\[\\],+*/-]{0,40}") {
            let _ = (parse(&text), parse(&ascii));
        }
    }
}
