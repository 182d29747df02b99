// Documents for the tests of this layer: one that uses the whole format, written for these tests.
#pragma once
#include <string_view>

namespace cookline::tdn {

constexpr std::string_view full_example = R"(format: tdn
version: '2.0'
build: 3
generator: Embody/6.0.4
td_build: '2025.32050'
source_file: Show.toe
exported_at: '2026-02-19T14:30:00Z'
network_path: /show
options:
  include_dat_content: true
  include_storage: true
type_defaults:
  levelTOP:
    parameters:
      opacity: 0.5
      gamma1: 2
    flags:
    - viewer
    size: [130, 90]
    color: [0.67, 0.67, 0.67]
    tags:
    - common
par_templates:
  about:
  - name: Build
    style: Int
    label: Build Number
    readOnly: true
  - name: Pos
    style: XYZ
type: baseCOMP
custom_pars:
  Controls:
  - name: Speed
    style: Float
    default: 1
    max: 10.0
    clampMin: true
    normMax: 5.0
    help: How fast
    value: 2.5
  - name: Mode
    style: Menu
    menuNames:
    - linear
    - ease
    menuLabels:
    - Linear
    - Ease In/Out
    value: ease
  - name: Tint
    style: RGB
    startSection: true
    default: [0.1, 0.2, 1]
    values:
    - 1
    - =me.time.seconds
    - ~op('a').par.x
  About:
    $t: about
    Build: 14
    Pos: [1, 2, 3]
parameters:
  resizecomp: =me
  opshortcut: ==not an expression
flags:
- -expose
color: [0.3, 0.5, 0.9]
tags:
- tdn
comment: Main component
storage:
  count: 42
  ratio: 1.0
  coords:
    $type: tuple
    $value: [10, 20]
  nothing: null
operators:
- name: noise1
  type: noiseTOP
  parameters:
    type: sparse
    period: =absTime.frame * 0.1
    mono: true
  position: [200, -100]
- name: level1
  type: levelTOP
  parameters:
    gamma1: 3
  flags: []
  comment: 'on: off'
  dock: noise1
  inputs:
  - noise1
  - null
  - /other/switch1
- name: level2
  type: levelTOP
  inputs:
  - index: 0
    source: comp1
    output: 2
- name: table1
  type: tableDAT
  dat_content:
  - - key
    - value
  - - fps
    - '60'
  dat_content_format: table
- name: text1
  type: textDAT
  dat_content: |
    # First
    print('ready')
  dat_content_format: text
- name: info1
  type: infoDAT
  dat_read_only: true
- name: constant1
  type: constantCHOP
  sequences:
    const:
    - name: chan1
      value: 0.5
    - {}
    - value: =me.time.frame
- name: comp1
  type: baseCOMP
  startup_storage:
    version: 1
  comp_inputs:
  - comp2
  children:
  - name: null1
    type: nullTOP
    position: [300, 0]
  annotations:
  - name: note1
    mode: comment
    text: Inside
- name: comp2
  type: baseCOMP
  palette_clone: true
- name: comp3
  type: baseCOMP
  tox_ref: parts/comp3.tox
annotations:
- name: note1
  mode: annotate
  title: Core
  text: Two words
  position: [-70, -300]
  size: [1070, 660]
  color: [0.5, 0.5, 0.5]
  opacity: 0.8
)";

}  // namespace cookline::tdn
