//! A Rust source, parsed: what it names, calls and defines outside of tests.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprLit, Item, Lit, Token, UseTree, Visibility};

/// A path as it is written, split at `::`, with the modules around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) line: usize,
    /// The modules of the file that the path stands in, from the file's own inwards.
    pub(crate) inner: Vec<String>,
    pub(crate) segments: Vec<String>,
    /// Whether it is in an item compiled for tests only.
    pub(crate) is_test: bool,
}

/// A call of a method, or of a function by its path's last name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) line: usize,
    pub(crate) method: String,
    /// The first argument, where it is a literal: a string's text, or `true`.
    pub(crate) literal: Option<String>,
}

/// What a source holds. Calls and macros of tests are left out.
#[derive(Debug, Default)]
pub(crate) struct Source {
    pub(crate) paths: Vec<Named>,
    pub(crate) calls: Vec<Call>,
    pub(crate) macros: Vec<(usize, String)>,
    /// The modules it declares, inline or in files of their own.
    pub(crate) modules: Vec<(usize, String)>,
    /// The lines on which `unsafe` is written.
    pub(crate) unsafes: Vec<usize>,
    /// By name, the paths that it imports or re-exports in production code.
    pub(crate) imports: BTreeMap<String, Vec<String>>,
    /// The names of the items it defines itself.
    pub(crate) defines: Vec<String>,
    /// The structs, enums, traits and type aliases it defines, also within modules and functions.
    pub(crate) types: Vec<(usize, String)>,
}

impl Source {
    /// Parses a source. A file that holds nothing but tests (`is_test`) keeps its paths only.
    pub(crate) fn parse(text: &str, is_test: bool) -> Self {
        let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{error}"));
        let mut source = Self::default();
        find_unsafe(tokens.clone(), &mut source.unsafes);
        let file: syn::File = syn::parse2(tokens).unwrap_or_else(|error| panic!("{error}"));
        let mut visitor = Visitor {
            source: &mut source,
            inner: Vec::new(),
            is_test,
        };
        visitor.visit_file(&file);
        source
    }
}

struct Visitor<'a> {
    source: &'a mut Source,
    inner: Vec<String>,
    is_test: bool,
}

impl Visitor<'_> {
    fn name(&mut self, span: Span, segments: Vec<String>) {
        let named = Named {
            line: span.start().line,
            inner: self.inner.clone(),
            segments,
            is_test: self.is_test,
        };
        self.source.paths.push(named);
    }

    fn flatten(&mut self, tree: &UseTree, before: &[String]) {
        let with = |name: String| [before, &[name]].concat();
        let span = match tree {
            UseTree::Name(name) => name.ident.span(),
            UseTree::Rename(name) => name.ident.span(),
            UseTree::Glob(glob) => glob.star_token.span,
            UseTree::Path(path) => path.ident.span(),
            UseTree::Group(_) => Span::call_site(),
        };
        let (path, name) = match tree {
            UseTree::Path(path) => return self.flatten(&path.tree, &with(path.ident.to_string())),
            UseTree::Group(group) => {
                return group
                    .items
                    .iter()
                    .for_each(|item| self.flatten(item, before));
            }
            UseTree::Name(name) if name.ident == "self" => {
                (before.to_vec(), before.last().cloned().unwrap_or_default())
            }
            UseTree::Name(name) => (with(name.ident.to_string()), name.ident.to_string()),
            UseTree::Rename(name) => (with(name.ident.to_string()), name.rename.to_string()),
            UseTree::Glob(_) => (with("*".into()), "*".into()),
        };
        self.name(span, path.clone());
        if !self.is_test {
            self.source.imports.insert(name, path);
        }
    }

    /// Reads the arguments of a macro: as expressions where they are such, else token by token.
    fn read_macro(&mut self, tokens: &TokenStream) {
        match Punctuated::<Expr, Token![,]>::parse_terminated.parse2(tokens.clone()) {
            Ok(arguments) => arguments
                .iter()
                .for_each(|argument| self.visit_expr(argument)),
            Err(_) => self.read_tokens(tokens.clone()),
        }
    }

    fn read_tokens(&mut self, tokens: TokenStream) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let is_punctuation = |at: usize, mark: char| matches!(trees.get(at), Some(TokenTree::Punct(found)) if found.as_char() == mark);
        let mut at = 0;
        while at < trees.len() {
            match &trees[at] {
                TokenTree::Group(group) => self.read_tokens(group.stream()),
                TokenTree::Ident(first) => {
                    let mut segments = vec![first.to_string()];
                    while is_punctuation(at + 1, ':')
                        && is_punctuation(at + 2, ':')
                        && let Some(TokenTree::Ident(next)) = trees.get(at + 3)
                    {
                        segments.push(next.to_string());
                        at += 3;
                    }
                    let is_called = matches!(trees.get(at + 1), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
                    let is_method = is_called && segments.len() == 1;
                    if is_method {
                        self.call(first.span(), first.to_string(), None);
                    }
                    self.name(first.span(), segments);
                }
                _ => {}
            }
            at += 1;
        }
    }

    fn call(&mut self, span: Span, method: String, literal: Option<String>) {
        if !self.is_test {
            self.source.calls.push(Call {
                line: span.start().line,
                method,
                literal,
            });
        }
    }
}

impl<'ast> Visit<'ast> for Visitor<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let was_test = self.is_test;
        self.is_test |= attributes(item).iter().any(is_test_only);
        if !self.is_test
            && self.inner.is_empty()
            && let Some(name) = defined(item)
        {
            self.source.defines.push(name);
        }
        let ident = match item {
            Item::Enum(item) => Some(&item.ident),
            Item::Struct(item) => Some(&item.ident),
            Item::Trait(item) => Some(&item.ident),
            Item::Type(item) => Some(&item.ident),
            _ => None,
        };
        if let Some(ident) = ident.filter(|_| !self.is_test) {
            self.source
                .types
                .push((ident.span().start().line, ident.to_string()));
        }
        visit::visit_item(self, item);
        self.is_test = was_test;
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !self.is_test {
            self.source
                .modules
                .push((module.ident.span().start().line, module.ident.to_string()));
        }
        self.inner.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.inner.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.flatten(&item.tree, &[]);
    }

    fn visit_visibility(&mut self, visibility: &'ast Visibility) {
        // `pub(super)` names no dependency; `pub(in path)` does.
        if let Visibility::Restricted(restricted) = visibility
            && restricted.in_token.is_some()
        {
            self.visit_path(&restricted.path);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let Some(first) = path.segments.first() {
            let segments = path
                .segments
                .iter()
                .map(|segment| segment.ident.to_string())
                .collect();
            self.name(first.ident.span(), segments);
        }
        visit::visit_path(self, path);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        let literal = match call.args.first() {
            Some(Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            })) => Some(text.value()),
            Some(Expr::Lit(ExprLit {
                lit: Lit::Bool(bool),
                ..
            })) => Some(bool.value.to_string()),
            _ => None,
        };
        self.call(call.method.span(), call.method.to_string(), literal);
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        if let Some(name) = called.path.segments.last().filter(|_| !self.is_test) {
            self.source
                .macros
                .push((name.ident.span().start().line, name.ident.to_string()));
        }
        self.read_macro(&called.tokens);
    }

    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}

/// Whether an attribute keeps an item for tests: `#[cfg(test)]`, `#[test]`.
fn is_test_only(attribute: &Attribute) -> bool {
    let is_cfg = attribute.path().is_ident("cfg")
        && attribute
            .parse_args::<syn::Path>()
            .is_ok_and(|condition| condition.is_ident("test"));
    is_cfg || attribute.path().is_ident("test")
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// The name that an item brings into its module.
fn defined(item: &Item) -> Option<String> {
    Some(match item {
        Item::Const(item) => item.ident.to_string(),
        Item::Enum(item) => item.ident.to_string(),
        Item::Fn(item) => item.sig.ident.to_string(),
        Item::Static(item) => item.ident.to_string(),
        Item::Struct(item) => item.ident.to_string(),
        Item::Trait(item) => item.ident.to_string(),
        Item::Type(item) => item.ident.to_string(),
        Item::Macro(item) => item.ident.as_ref()?.to_string(),
        _ => return None,
    })
}

fn find_unsafe(tokens: TokenStream, lines: &mut Vec<usize>) {
    for tree in tokens {
        match tree {
            TokenTree::Group(group) => find_unsafe(group.stream(), lines),
            TokenTree::Ident(word) if word == "unsafe" => lines.push(word.span().start().line),
            _ => {}
        }
    }
}
