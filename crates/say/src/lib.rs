//! The macro `say!`. It makes a sentence whose pattern another language can translate.

mod pattern;

use proc_macro::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

/// Makes a `watshop_protocol::Sentence`. It is written as `format!` is: a pattern, and the values of
/// its places. A value that is a sentence stays one, so that it is translated too.
///
/// ```ignore
/// say!("There is no lesson `{id}`.")
/// say!("{} of {all} files are damaged.", damaged.len())
/// ```
///
/// The pattern is a literal, because `scripts/sentences.mjs` lists all patterns for translators.
#[proc_macro]
pub fn say(input: TokenStream) -> TokenStream {
    expand(input).unwrap_or_else(|why| {
        let error = format!("::core::compile_error!({why:?})");
        error.parse().unwrap_or_default()
    })
}

fn expand(input: TokenStream) -> Result<TokenStream, String> {
    let mut pieces = split(input).into_iter();
    let literal = pieces.next().ok_or("say! needs a pattern")?;
    let text = match literal.as_slice() {
        [TokenTree::Literal(literal)] => pattern::unquote(&literal.to_string())?,
        _ => return Err("The first argument of say! is the literal of a pattern.".into()),
    };
    let (mut named, mut by_number) = (Vec::new(), Vec::new());
    for piece in pieces {
        match piece.as_slice() {
            [TokenTree::Ident(name), TokenTree::Punct(equals), value @ ..]
                if equals.as_char() == '=' && equals.spacing() == Spacing::Alone =>
            {
                named.push((name.to_string(), value.iter().cloned().collect::<TokenStream>()));
            }
            _ => by_number.push(piece.into_iter().collect::<TokenStream>()),
        }
    }
    let read = pattern::read(&text)?;
    let used = read.places.iter().filter(|place| place.name.parse::<usize>().is_ok()).count();
    if used < by_number.len() {
        return Err(format!("The pattern has {used} places without names, and more values."));
    }
    let mut facts = TokenStream::new();
    for place in &read.places {
        let value = match place.name.parse::<usize>() {
            Ok(at) => by_number.get(at).cloned(),
            Err(_) => named
                .iter()
                .find(|(name, _)| *name == place.name)
                .map(|(_, value)| value.clone())
                .or_else(|| Some(TokenTree::Ident(ident(&place.name)).into())),
        };
        let value = value.ok_or_else(|| format!("The place `{}` has no value.", place.name))?;
        facts.extend(fact(place, value));
    }
    Ok(call(&read.text, facts))
}

/// `::watshop_protocol::Sentence::new("…", ::std::vec![…])`.
fn call(text: &str, facts: TokenStream) -> TokenStream {
    let mut arguments = TokenStream::from(TokenTree::Literal(Literal::string(text)));
    arguments.extend(tokens(", ::std::vec!"));
    arguments.extend([group(Delimiter::Bracket, facts)]);
    let mut all = tokens("::watshop_protocol::Sentence::new");
    all.extend([group(Delimiter::Parenthesis, arguments)]);
    all
}

/// `("name", { use …; (&Saying(&(value))).fact() }),`: a sentence stays one, and another value is
/// text. With a form (`{:?}`) every value is text.
fn fact(place: &pattern::Place, value: TokenStream) -> TokenStream {
    let mut made = TokenStream::new();
    if place.form.is_empty() {
        let mut inner = tokens("&");
        inner.extend([group(Delimiter::Parenthesis, value)]);
        let mut saying = tokens("&::watshop_protocol::sentence::Saying");
        saying.extend([group(Delimiter::Parenthesis, inner)]);
        made.extend(tokens(
            "#[allow(unused_imports)] use ::watshop_protocol::sentence::{AsSentence as _, AsText as _};",
        ));
        made.extend([group(Delimiter::Parenthesis, saying)]);
        made.extend(tokens(".fact()"));
    } else {
        let mut inner =
            TokenStream::from(TokenTree::Literal(Literal::string(&format!("{{{}}}", place.form))));
        inner.extend([TokenTree::Punct(Punct::new(',', Spacing::Alone))]);
        inner.extend(value);
        made.extend(tokens("::watshop_protocol::sentence::Fact::Text"));
        let mut format = tokens("::std::format!");
        format.extend([group(Delimiter::Parenthesis, inner)]);
        made.extend([group(Delimiter::Parenthesis, format)]);
    }
    let mut pair = TokenStream::from(TokenTree::Literal(Literal::string(&place.name)));
    pair.extend([TokenTree::Punct(Punct::new(',', Spacing::Alone))]);
    pair.extend([group(Delimiter::Brace, made)]);
    let mut all = TokenStream::from(group(Delimiter::Parenthesis, pair));
    all.extend([TokenTree::Punct(Punct::new(',', Spacing::Alone))]);
    all
}

/// The arguments, split at their commas.
fn split(input: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut pieces = vec![Vec::new()];
    for token in input {
        match &token {
            TokenTree::Punct(comma) if comma.as_char() == ',' => pieces.push(Vec::new()),
            _ => pieces.last_mut().expect("it begins with one").push(token),
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

fn tokens(text: &str) -> TokenStream {
    text.parse().expect("it is written above")
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

fn group(delimiter: Delimiter, inner: TokenStream) -> TokenTree {
    TokenTree::Group(Group::new(delimiter, inner))
}
