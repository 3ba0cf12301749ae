use jianbao::markdown::*;
use std::time::Instant;
fn main(){
 let args:Vec<String>=std::env::args().skip(1).collect();
 if args[0]=="time"{
  for f in &args[1..]{
   let t=String::from_utf8_lossy(&std::fs::read(f).unwrap()).into_owned();
   let mut best=f64::MAX; for _ in 0..15{let s=Instant::now(); let d=parse(&[Piece{kind:PieceKind::Markdown,source:&t,line:1}],""); best=best.min(s.elapsed().as_secs_f64()); std::hint::black_box(d);}
   println!("{f}: {} B {:.2} ms {:.0} MB/s",t.len(),best*1e3,t.len() as f64/best/1e6);
  } return;}
 if args[0]=="han"{
  for f in &args[1..]{ let t=String::from_utf8_lossy(&std::fs::read(f).unwrap()).into_owned();
   let d=parse(&[Piece{kind:PieceKind::Markdown,source:&t,line:1}],"");
   let h=|s:&str|s.chars().filter(|&c|jianbao::text::is_han(c)).count();
   let(a,b)=(h(&d.text),h(&t)); if a*20<b*19{println!("{a} of {b} {f}");}
  } return;}
 let t=String::from_utf8_lossy(&std::fs::read(&args[0]).unwrap()).into_owned();
 let d=parse(&[Piece{kind:PieceKind::Markdown,source:&t,line:1}],"");
 for (i,b) in d.blocks.iter().enumerate(){ println!("{:4} {:?} {}",b.line,b.kind,d.block_text(i)); 
  for l in &d.leaves[b.leaves.start as usize..b.leaves.end as usize]{for r in &d.runs[l.runs.start as usize..l.runs.end as usize]{ println!("        {:?} {:?} {:?}",r.inline,&d.text[r.range.start as usize..r.range.end as usize], r.link.map(|l|&d.links[l as usize].target)); }}}
 for p in &d.problems{println!("! {p}");}
}
