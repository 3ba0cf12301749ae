//! The server for assistants: the protocol, what it answers, and what it refuses. A client of the protocol's own library
//! asks too, if Python has it: `pip install mcp`.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use assert_cmd::cargo::CommandCargoExt;
use serde_json::{Value, json};
use tempfile::TempDir;

const TIDAL: &str = "2026-05-14-tidal-power.md";

/// A folder with two samples in `digests`, and a secret beside it.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("digests")).unwrap();
    for name in ["2024-08-17-county-cinema.md", TIDAL] {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("assets/digests")
            .join(name);
        fs::copy(sample, folder.path().join("digests").join(name)).unwrap();
    }
    fs::write(folder.path().join("secret.md"), "# A secret\n").unwrap();
    folder
}

struct Server {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    last: u64,
}

impl Server {
    fn start(folder: &TempDir, options: &[&str]) -> Self {
        let mut child = Command::cargo_bin("jianbao")
            .unwrap()
            .current_dir(folder.path())
            .args(["mcp", "digests"])
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .env("XDG_CACHE_HOME", folder.path().join(".cache"))
            .env("XDG_DATA_HOME", folder.path().join(".data"))
            .env("XDG_CONFIG_HOME", folder.path().join(".config"))
            .env("LC_ALL", "C")
            .env("TZ", "UTC")
            .spawn()
            .unwrap();
        Self {
            input: child.stdin.take(),
            output: BufReader::new(child.stdout.take().unwrap()),
            child,
            last: 0,
        }
    }

    fn send(&mut self, line: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(line).unwrap();
        input.write_all(b"\n").unwrap();
    }

    fn next(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        let answer: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(answer["jsonrpc"], "2.0");
        answer
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.last += 1;
        let request =
            json!({"jsonrpc": "2.0", "id": self.last, "method": method, "params": params});
        self.send(request.to_string().as_bytes());
        let answer = self.next();
        assert_eq!(answer["id"], self.last);
        answer
    }

    /// What a tool says: its object, or its text; or its error.
    fn call(&mut self, tool: &str, arguments: &Value) -> Result<Value, String> {
        let answer = self.ask("tools/call", &json!({"name": tool, "arguments": arguments}));
        let result = &answer["result"];
        let text = result["content"][0]["text"].as_str().unwrap().to_owned();
        if result["isError"] == true {
            return Err(text);
        }
        let data = &result["structuredContent"];
        Ok(if data.is_null() {
            Value::String(text)
        } else {
            assert_eq!(&serde_json::from_str::<Value>(&text).unwrap(), data);
            data.clone()
        })
    }

    /// The code of the error that answers a line.
    fn refused(&mut self, line: &[u8]) -> i64 {
        self.send(line);
        self.next()["error"]["code"].as_i64().unwrap()
    }

    /// Closes its input; it has to end well.
    fn end(mut self) {
        drop(self.input.take());
        assert!(self.child.wait().unwrap().success());
        let mut rest = String::new();
        assert_eq!(self.output.read_line(&mut rest).unwrap(), 0, "{rest}");
    }
}

#[test]
fn the_server_says_who_it_is_and_what_it_can() {
    let folder = folder();
    let mut server = Server::start(&folder, &[]);
    for (wanted, given) in [("2024-11-05", "2024-11-05"), ("1999-01-01", "2025-11-25")] {
        let answer = server.ask(
            "initialize",
            &json!({"protocolVersion": wanted, "capabilities": {}}),
        );
        assert_eq!(answer["result"]["protocolVersion"], given);
        assert_eq!(answer["result"]["serverInfo"]["name"], "jianbao");
    }
    // A notification has no answer: the next one is that of the ping.
    server.send(br#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#);
    assert_eq!(server.ask("ping", &json!({}))["result"], json!({}));
    let tools = server.ask("tools/list", &json!({}))["result"]["tools"].clone();
    let names: Vec<&str> = tools
        .as_array()
        .unwrap()
        .iter()
        .map(|tool| tool["name"].as_str().unwrap())
        .collect();
    let read_only = [
        "list_articles",
        "search",
        "get_article",
        "get_day",
        "list_notes",
        "look_up",
    ];
    assert_eq!(names, read_only);
    server.end();
}

#[test]
fn articles_are_listed_searched_and_read() {
    let folder = folder();
    let mut server = Server::start(&folder, &[]);
    let listed = server.call("list_articles", &json!({})).unwrap();
    assert_eq!(listed["total"], 2);
    assert_eq!(listed["articles"][0]["path"], TIDAL);
    let listed = server
        .call("list_articles", &json!({"query": "date:2024", "limit": 5}))
        .unwrap();
    assert_eq!(listed["total"], 1);
    let found = server.call("search", &json!({"query": "潮汐"})).unwrap();
    assert_eq!(found["articles"][0]["path"], TIDAL);
    assert_eq!(found["articles"][0]["matches"][0]["lang"], "zh");
    let mut article = |content: &str| {
        server
            .call("get_article", &json!({"path": TIDAL, "content": content}))
            .unwrap()
    };
    let (zh, en) = (article("zh"), article("en"));
    let has_han = |text: &Value| text.as_str().unwrap().contains("潮汐");
    assert!(has_han(&zh) && !has_han(&en));
    assert!(article("both").as_str().unwrap().len() > en.as_str().unwrap().len());
    let (pairs, sentences) = (article("pairs"), article("sentences"));
    assert!(pairs["pairs"][0]["zh"].is_string() && pairs["pairs"][0]["en"].is_string());
    assert!(sentences["total"].as_u64() > pairs["total"].as_u64());
    let cut = server.call(
        "get_article",
        &json!({"path": TIDAL, "content": "en", "from": 2, "length": 7}),
    );
    let whole: Vec<char> = en.as_str().unwrap().chars().collect();
    let part: String = whole[2..9].iter().collect();
    assert_eq!(
        cut.unwrap(),
        format!("{part}\n\n[cut here; from: 9 goes on]")
    );
    let day = server.call("get_day", &json!({})).unwrap();
    assert_eq!(day["date"], "2026-05-14");
    assert_eq!(day["articles"].as_array().unwrap().len(), 1);
    let day = server
        .call("get_day", &json!({"date": "2020-01-01"}))
        .unwrap();
    assert_eq!(day["articles"], json!([]));
    let word = server.call("look_up", &json!({"word": "发电站"})).unwrap();
    assert_eq!(word["word"], "发电站");
    assert!(word["entries"][0]["senses"].is_array());
    // What is new on the disk is seen after a while.
    server.end();
}

#[test]
fn nothing_outside_of_the_library_is_read_and_nonsense_is_answered() {
    let folder = folder();
    let mut server = Server::start(&folder, &[]);
    let absolute = folder.path().join("secret.md");
    for path in [
        "../secret.md",
        absolute.to_str().unwrap(),
        "",
        ".",
        "a\u{0}b",
        "digests/../../secret.md",
    ] {
        let error = server
            .call("get_article", &json!({"path": path}))
            .unwrap_err();
        assert!(
            error.starts_with("no article of the library has the path"),
            "{error}"
        );
    }
    for (tool, arguments) in [
        ("get_article", json!({})),
        ("get_article", json!({"path": 1})),
        ("get_article", json!({"path": TIDAL, "content": "fr"})),
        ("list_articles", json!({"query": "tag:("})),
        ("list_articles", json!({"limit": -1})),
        ("list_articles", json!({"nonsense": 1})),
        ("search", json!({})),
        ("search", json!({"query": "is:unread"})),
        ("get_day", json!({"date": "yesterday"})),
        ("look_up", json!({"word": "x".repeat(1000)})),
        ("search", json!({"query": "x".repeat(100_000)})),
    ] {
        let said = server.call(tool, &arguments);
        assert!(said.is_err(), "{tool} {arguments}: {said:?}");
    }
    for unknown in ["add_note", "nothing"] {
        let answer = server.ask("tools/call", &json!({"name": unknown, "arguments": {}}));
        assert_eq!(answer["error"]["code"], -32602);
    }
    server.end();
}

#[test]
fn broken_messages_are_answered_with_the_codes_of_the_protocol() {
    let folder = folder();
    let mut server = Server::start(&folder, &[]);
    let huge = [
        &b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"x\":\""[..],
        &vec![b'x'; 5 << 20],
        b"\"}}",
    ]
    .concat();
    let deep = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
    for (line, code) in [
        (&b"{"[..], -32700),
        (b"\xff\xfe", -32700),
        (&deep, -32700),
        (b"[]", -32600),
        (b"1", -32600),
        (b"{}", -32600),
        (br#"{"jsonrpc":"2.0","id":{},"method":"ping"}"#, -32600),
        (br#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, -32600),
        (br#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, -32600),
        (br#"{"jsonrpc":"2.0","id":1,"method":7}"#, -32600),
        (
            br#"{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}"#,
            -32602,
        ),
        (br#"{"jsonrpc":"2.0","id":1,"method":"tools/call"}"#, -32602),
        (
            br#"{"jsonrpc":"2.0","id":1,"method":"resources/list"}"#,
            -32601,
        ),
        (&huge, -32600),
    ] {
        let shown = String::from_utf8_lossy(&line[..line.len().min(60)]).into_owned();
        assert_eq!(server.refused(line), code, "{shown}");
    }
    // Answers and blank lines are passed over.
    server.send(b"  ");
    server.send(br#"{"jsonrpc":"2.0","id":1,"result":{}}"#);
    assert_eq!(server.ask("ping", &json!({}))["result"], json!({}));
    server.end();
}

#[test]
fn notes_are_written_only_if_allowed_and_never_over_those_of_the_reader() {
    let folder = folder();
    let mut server = Server::start(&folder, &["--write-notes"]);
    let text = server
        .call("get_article", &json!({"path": TIDAL, "content": "pairs"}))
        .unwrap();
    let passage = text["pairs"][1]["en"]
        .as_str()
        .unwrap()
        .lines()
        .next()
        .unwrap();
    let add = |server: &mut Server, note: &str| {
        server.call(
            "add_note",
            &json!({"path": TIDAL, "text": passage, "note": note, "colour": "blue"}),
        )
    };
    let first = add(&mut server, "one").unwrap();
    let second = add(&mut server, "\u{202E}two").unwrap();
    assert_eq!(first["id"], second["id"]);
    add(&mut server, "").unwrap();
    let notes = server
        .call("list_notes", &json!({"query": "has:note"}))
        .unwrap();
    assert_eq!(notes["total"], 1);
    let note = &notes["notes"][0];
    assert_eq!(note["note"], "one\n\u{202E}two");
    assert_eq!(
        (&note["text"], &note["colour"], &note["path"]),
        (&json!(passage), &json!("blue"), &json!(TIDAL))
    );
    let missing = json!({"path": TIDAL, "text": "nowhere in it"});
    assert!(server.call("add_note", &missing).is_err());
    let outside = json!({"path": "../secret.md", "text": "A secret"});
    assert!(server.call("add_note", &outside).is_err());
    server.end();
    let names = fs::read_dir(folder.path().join("digests")).unwrap().count();
    assert_eq!(names, 2, "the folder of articles is never written to");
}

const CLIENT: &str = r#"
import asyncio, json, sys
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

# Names differ between versions of the library.
def either(value, *names):
    return next(getattr(value, name) for name in names if hasattr(value, name))

async def main():
    server = StdioServerParameters(command=sys.argv[1], args=["mcp", sys.argv[2]])
    async with stdio_client(server) as (read, write):
        async with ClientSession(read, write) as session:
            about = await session.initialize()
            print(either(about, "server_info", "serverInfo").name)
            tools = await session.list_tools()
            print(",".join(tool.name for tool in tools.tools))
            listed = await session.call_tool("list_articles", {"limit": 1})
            path = either(listed, "structured_content", "structuredContent")["articles"][0]["path"]
            print(path, either(listed, "is_error", "isError"))
            article = await session.call_tool("get_article", {"path": path, "content": "zh"})
            print("潮汐" in article.content[0].text)
            wrong = await session.call_tool("get_article", {"path": "../secret.md"})
            print(either(wrong, "is_error", "isError"))

asyncio.run(main())
"#;

#[test]
fn a_client_of_the_protocols_own_library_understands_it() {
    let python = std::env::var("JIANBAO_PYTHON").unwrap_or_else(|_| "python3".into());
    let has_library = Command::new(&python)
        .args(["-c", "import mcp.client.stdio"])
        .stderr(Stdio::null())
        .status();
    if !has_library.is_ok_and(|status| status.success()) {
        eprintln!("skipped: {python} has no `mcp` (pip install mcp)");
        return;
    }
    let folder = folder();
    let program = assert_cmd::cargo::cargo_bin("jianbao");
    let output = Command::new(python)
        .args(["-c", CLIENT])
        .arg(program)
        .arg(folder.path().join("digests"))
        .env("XDG_CACHE_HOME", folder.path().join(".cache"))
        .env("XDG_DATA_HOME", folder.path().join(".data"))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let expected = format!(
        "jianbao\nlist_articles,search,get_article,get_day,list_notes,look_up\n{TIDAL} False\nTrue\nTrue\n"
    );
    assert_eq!(
        said,
        expected,
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
