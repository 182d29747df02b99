# The tutorial's network, built step by step with TouchDesigner's Python:
#
#     cookline record examples/tutorial-python/build.py /recorder --set Recordlength=5 --out out/tutorial-python
#     cookline python examples/tutorial-python/build.py out/tutorial.tdn  # saves the network instead

import sys

# Component parameters
recorder = root.create(baseCOMP, 'recorder')
page = recorder.appendCustomPage('Record')
folder = page.appendFolder('Folder')[0]
folder.default = folder.val = '.'
page.appendToggle('Record')
length = page.appendFloat('Recordlength', label='Record Length (S)')[0]
length.default = length.val = 30
length.clampMin, length.normMax = True, 60

# Setup and basic animation
noise1 = recorder.create(noiseTOP, 'noise1')
noise2 = recorder.create(noiseTOP, 'noise2')
for noise in noise1, noise2:
    noise.par.period = 4
    noise.par.tz.expr = 'absTime.seconds*0.05'
noise1.inputConnectors[1].connect(noise2)

rectangle = recorder.create(rectangleTOP, 'rectangle1')
rectangle.par.sizex = rectangle.par.sizey = 0.2
rectangle.par.centerx.expr = '(absTime.seconds % 1) - 0.5'

for top in noise1, noise2, rectangle:
    top.par.outputresolution = 'custom'
    top.par.resolutionw = top.par.resolutionh = 1024

composite = recorder.create(compositeTOP, 'composite1')
composite.par.operand = 'over'
composite.inputConnectors[0].connect(rectangle)
composite.inputConnectors[1].connect(noise1)

# Movie File Out configuration
movie = recorder.create(moviefileoutTOP, 'moviefileout1')
movie.inputConnectors[0].connect(composite)
movie.par.type = 'imagesequence'
movie.par.imagefiletype = 'jpeg'
movie.par.file.expr = 'parent.par.folder.eval() + "/" + me.fileSuffix'
movie.par.record.expr = 'parent().par.Record'

# Automated index incrementing: N counts the takes that have ended
parameter = recorder.create(parameterCHOP, 'parameter1')
parameter.par.ops = '..'
parameter.par.parameters = 'Record Recordlength'
parameter.par.renamefrom = 'Record Recordlength'
parameter.par.renameto = 'record recordLength'
select = recorder.create(selectCHOP, 'select1')
select.par.channames = 'record'
select.inputConnectors[0].connect(parameter)
count = recorder.create(countCHOP, 'count1')
count.par.offtoon = 'none'
count.par.ontooff = 'inc'
count.inputConnectors[0].connect(select)
movie.par.n.expr = "op('count1')['record']"

# Timer-based recording
timer = recorder.create(timerCHOP, 'timer1')
timer.par.length.expr = 'parent.par.recordLength.eval()'
timer.par.lengthunits = 'seconds'
callbacks = timer.docked[0]  # timer1_callbacks, made with the timer
callbacks.text = '''\
def onDone(timerOp, segment, interrupt):
    parent.par.record.val = 0
    return
'''

# CHOP Execute automation
execute = recorder.create(chopexecuteDAT, 'chopexec1')
execute.par.chop = parameter
execute.par.offtoon = True
execute.par.valuechange = True
execute.text = '''\
def onOffToOn(channel, sampleIndex, val, prev):
    if channel.name == 'record' and channel.val == 1:
        op('timer1').par.start.pulse()
    return

def onValueChange(channel, sampleIndex, val, prev):
    if channel.name == 'recordLength':
        op('timer1').par.initialize.pulse()
    return
'''

if len(sys.argv) > 1:
    project.save(sys.argv[1])
    print('saved', sys.argv[1])
