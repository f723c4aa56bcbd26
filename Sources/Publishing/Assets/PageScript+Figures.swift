extension PageScript {
  /// A figure becomes a slider: pointing or the arrow keys choose a place, and a box below it tells
  /// what was there.
  static let figures = #"""
    function size(bytes){
    return (bytes/1048576).toFixed(2).replace(/\B(?=(\d{3})+\.)/g,'\u202f')+' MiB';
    }
    function count(bytes){return String(bytes).replace(/\B(?=(\d{3})+$)/g,'\u202f');}
    function element(name,text,style){
    var made=document.createElement(name);
    if(text!==undefined){made.textContent=text;}
    if(style){made.className=style;}
    return made;
    }
    function drawn(name,style,parent){
    var made=document.createElementNS('http://www.w3.org/2000/svg',name);
    made.setAttribute('class',style);
    parent.appendChild(made);
    return made;
    }
    function explore(figure){
    var data=JSON.parse(figure.querySelector('script').textContent);
    var svg=figure.querySelector('svg'),stage=figure.querySelector('.stage'),scale=data.scale;
    var view=data.kind==='memory'?memoryView(data):lossView(data);
    if(!view.count){return;}
    var readout=element('div',undefined,'readout');
    readout.appendChild(element('p',figure.dataset.hint,'hint'));
    figure.appendChild(readout);
    stage.tabIndex=0;
    stage.setAttribute('role','slider');
    stage.setAttribute('aria-label',figure.getAttribute('aria-label'));
    stage.setAttribute('aria-description',figure.dataset.hint);
    stage.setAttribute('aria-valuemin','1');
    stage.setAttribute('aria-valuemax',String(view.count));
    svg.setAttribute('aria-hidden','true');
    var line=null,knobs=[],index=view.start;
    function x(value){
    return scale.left+(value-scale.xLow)/(scale.xHigh-scale.xLow)*(scale.right-scale.left);
    }
    function y(value){
    return scale.bottom-(value-scale.yLow)/(scale.yHigh-scale.yLow)*(scale.bottom-scale.top);
    }
    function show(next){
    index=Math.max(0,Math.min(view.count-1,next));
    if(!line){
    line=drawn('line','cursor',svg);
    line.setAttribute('y1',scale.top);
    line.setAttribute('y2',scale.bottom);
    }
    var at=x(view.x(index));
    line.setAttribute('x1',at);
    line.setAttribute('x2',at);
    knobs.forEach(function(knob){knob.remove();});
    knobs=view.heights(index).map(function(height){
    var knob=drawn('circle','knob',svg);
    knob.setAttribute('cx',at);
    knob.setAttribute('cy',y(height));
    knob.setAttribute('r','4');
    return knob;
    });
    stage.setAttribute('aria-valuenow',String(index+1));
    stage.setAttribute('aria-valuetext',view.text(index));
    readout.replaceChildren.apply(readout,view.describe(index));
    }
    function point(event){
    var box=svg.getBoundingClientRect();
    var at=(event.clientX-box.left)*scale.width/box.width;
    show(view.nearest(scale.xLow+(at-scale.left)/(scale.right-scale.left)*(scale.xHigh-scale.xLow)));
    }
    stage.addEventListener('pointermove',point);
    stage.addEventListener('pointerdown',point);
    stage.addEventListener('focus',function(){if(!line){show(index);}});
    stage.addEventListener('keydown',function(event){
    var far=Math.max(1,Math.round(view.count/10));
    var next={ArrowRight:index+1,ArrowUp:index+1,ArrowLeft:index-1,ArrowDown:index-1,
    PageUp:index+far,PageDown:index-far,Home:0,End:view.count-1}[event.key];
    if(next===undefined){return;}
    event.preventDefault();
    show(next);
    });
    }
    function memoryView(data){
    var words=data.words,names=['persistent','gradients','activations','workspace'];
    var phases=['forward','recompute','backward','optimizer'],phaseOf=[];
    data.phases.forEach(function(run){
    for(var i=0;i<run[1];i+=1){phaseOf.push(run[0]);}
    });
    var totals=data.areas[0].map(function(_,i){
    return data.areas.reduce(function(sum,area){return sum+area[i];},0);
    });
    var peak=totals.indexOf(Math.max.apply(null,totals));
    function name(i){
    return data.operations?data.operations[i]:words[phases[phaseOf[i]]];
    }
    function live(i){
    return data.tensors.filter(function(t){return t[2]<=i&&i<=t[3];})
    .map(function(t){return [t[0],t[1]];})
    .concat(data.areas[3][i]?[[words.workspace,data.areas[3][i]]]:[])
    .sort(function(a,b){return b[1]-a[1];});
    }
    return {count:totals.length,start:peak,
    x:function(i){return i+0.5;},
    heights:function(i){return [totals[i]/1048576];},
    nearest:function(value){return Math.floor(value);},
    text:function(i){return name(i)+', '+size(totals[i]);},
    describe:function(i){
    var head=element('p');
    head.appendChild(element('strong',size(totals[i])));
    head.append(' \u2013 '+words.operation+' '+(i+1)+'/'+totals.length+': ');
    head.appendChild(element('code',name(i)));
    if(i===peak){head.append(' ('+words.peak+')');}
    var parts=element('ul');
    names.forEach(function(part,k){
    parts.appendChild(element('li',words[part]+': '+size(data.areas[k][i])));
    });
    if(!data.tensors){return [head,parts];}
    var tensors=live(i),table=element('table'),title=table.createTHead().insertRow();
    title.appendChild(element('th',words.tensors+' ('+tensors.length+')','left'));
    title.appendChild(element('th','MiB','right'));
    title.appendChild(element('th',words.bytes,'right'));
    var body=table.createTBody();
    tensors.slice(0,8).forEach(function(tensor){
    var row=body.insertRow();
    row.appendChild(element('td')).appendChild(element('code',tensor[0]));
    row.appendChild(element('td',size(tensor[1]).slice(0,-4),'right'));
    row.appendChild(element('td',count(tensor[1]),'right'));
    });
    if(tensors.length>8){
    var row=body.insertRow();
    var rest=tensors.slice(8).reduce(function(sum,t){return sum+t[1];},0);
    row.appendChild(element('td',words.more+' '+(tensors.length-8)));
    row.appendChild(element('td',size(rest).slice(0,-4),'right'));
    row.appendChild(element('td',count(rest),'right'));
    }
    return [head,parts,table];
    }};
    }
    function lossView(data){
    var steps=Array.from(new Set(data.lines.flatMap(function(line){
    return line.points.map(function(point){return point[0];});})));
    steps.sort(function(a,b){return a-b;});
    function values(i){
    return data.lines.map(function(line){
    var found=line.points.find(function(point){return point[0]===steps[i];});
    return found?[line.name,found[1]]:null;
    }).filter(Boolean);
    }
    function text(i){
    return data.words.step+' '+steps[i]+': '+values(i).map(function(v){
    return v[0]+' '+Number(v[1].toPrecision(6));}).join(', ');
    }
    return {count:steps.length,start:steps.length-1,
    x:function(i){return steps[i];},
    heights:function(i){return values(i).map(function(v){return v[1];});},
    nearest:function(value){
    var low=0,high=steps.length-1;
    while(high-low>1){
    var middle=(low+high)>>1;
    if(steps[middle]<=value){low=middle;}else{high=middle;}
    }
    return value-steps[low]<steps[high]-value?low:high;
    },
    text:text,
    describe:function(i){return [element('p',text(i))];}};
    }
    """#
}
