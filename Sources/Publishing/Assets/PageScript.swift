/// The script of all pages: colours, sorting, figures.
///
/// It reads the page and nothing else.
enum PageScript {
  static let text = """
    (function(){
    'use strict';
    \(theme)
    \(tables)
    \(figures)
    document.addEventListener('DOMContentLoaded',function(){
    setUpTheme();
    document.querySelectorAll('.table table').forEach(makeSortable);
    document.querySelectorAll('.live').forEach(explore);
    });
    window.addEventListener('beforeprint',function(){
    document.querySelectorAll('main details:not([open])').forEach(function(d){
    d.open=true;d.dataset.printed='';});
    });
    window.addEventListener('afterprint',function(){
    document.querySelectorAll('details[data-printed]').forEach(function(d){
    d.open=false;delete d.dataset.printed;});
    });
    })();
    """

  /// The choice is kept where the browser lets a page keep something.
  private static let theme = """
    var root=document.documentElement,key='nbrun-theme',choices=['auto','light','dark'];
    function stored(){try{return localStorage.getItem(key);}catch(e){return null;}}
    function apply(choice){
    if(choice==='light'||choice==='dark'){root.dataset.theme=choice;}else{delete root.dataset.theme;}
    }
    apply(stored());
    function setUpTheme(){
    var button=document.querySelector('.theme');
    if(!button){return;}
    function current(){return root.dataset.theme||'auto';}
    function label(){button.textContent=button.dataset.name+': '+button.dataset[current()];}
    button.hidden=false;
    label();
    button.addEventListener('click',function(){
    var next=choices[(choices.indexOf(current())+1)%3];
    apply(next);
    try{localStorage.setItem(key,next);}catch(e){}
    label();
    });
    }
    """

  /// Numbers sort as numbers, whatever their units and groups of digits; empty cells come last, and
  /// a total at the end stays there.
  private static let tables = #"""
    var units={'KiB':1024,'MiB':1048576,'GiB':1073741824,'TiB':1099511627776,'B':1,
    '\u00b5s':1e-6,'ms':1e-3,'s':1,'min':60,'h':3600};
    function number(text){
    var plain=text.replace(/[\u202f\u00a0\u2009]/g,'').replace(/(\d) (?=\d{3}(\D|$))/g,'$1');
    if(plain==='NaN'){return -Infinity;}
    var match=/^([-+\u2212]?)(Inf|\d+(?:\.\d*)?(?:e[-+]?\d+)?)\s*(\S*)/i.exec(plain);
    if(!match){return null;}
    var value=/^inf$/i.test(match[2])?Infinity:parseFloat(match[2]);
    if(match[1]==='-'||match[1]==='\u2212'){value=-value;}
    return value*(units[match[3]]||1);
    }
    function makeSortable(table){
    var body=table.tBodies[0];
    if(!body||body.rows.length<2){return;}
    var rows=Array.from(body.rows),end=rows.length;
    while(end>1&&rows[end-1].querySelector('td:first-child>strong')){end-=1;}
    var last=rows.slice(end),movable=rows.slice(0,end);
    var collator=new Intl.Collator(root.lang||undefined,{numeric:true});
    Array.from(table.tHead.rows[0].cells).forEach(function(head,column){
    var button=document.createElement('button');
    button.type='button';
    button.className='sort';
    while(head.firstChild){button.appendChild(head.firstChild);}
    head.appendChild(button);
    button.addEventListener('click',function(){sort(head,column);});
    });
    function sort(head,column){
    var state=head.getAttribute('aria-sort');
    var next=state==='ascending'?'descending':state==='descending'?null:'ascending';
    table.querySelectorAll('th[aria-sort]').forEach(function(th){th.removeAttribute('aria-sort');});
    var sorted=movable.slice();
    if(next){
    head.setAttribute('aria-sort',next);
    var texts=new Map(movable.map(function(row){
    return [row,row.cells[column]?row.cells[column].textContent.trim():''];}));
    var filled=movable.filter(function(row){return !/^[\u2013-]?$/.test(texts.get(row));});
    var numeric=filled.every(function(row){return number(texts.get(row))!==null;});
    var sign=next==='ascending'?1:-1;
    filled.sort(function(a,b){
    var x=texts.get(a),y=texts.get(b);
    var order=collator.compare(x,y);
    if(numeric){var m=number(x),n=number(y);order=m<n?-1:m>n?1:0;}
    return sign*order;
    });
    sorted=filled.concat(movable.filter(function(row){return filled.indexOf(row)<0;}));
    }
    sorted.concat(last).forEach(function(row){body.appendChild(row);});
    }
    }
    """#
}
