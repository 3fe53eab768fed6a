/** What the LaTeX table brings along: its marks in colour and shape, and letters that pdfTeX does not have. */

export const LATEX_PREAMBLE: readonly string[] = [
  '\\documentclass[10pt]{article}',
  '\\usepackage[a4paper,margin=16mm]{geometry}',
  '% pdfLaTeX reads UTF-8 and T1 letters; XeLaTeX and LuaLaTeX bring Unicode fonts of their own.',
  '\\ifdefined\\Umathchar\\usepackage{fontspec}\\else',
  '\\usepackage[utf8]{inputenc}\\usepackage[T1]{fontenc}\\usepackage{textcomp}',
  '\\IfFileExists{lmodern.sty}{\\usepackage{lmodern}}{}\\fi',
  '\\usepackage{booktabs,longtable,array,graphicx,xcolor}',
  '\\pagestyle{plain}\\setlength{\\parindent}{0pt}\\emergencystretch=3em',
]

/**
 * Colours as on the screen. Shapes are drawn with rules, not with fonts, so copied text stays clean:
 * carried has a line below, erroneous a stepped wave below, rejected a line through.
 */
export const LATEX_MACROS: readonly string[] = [
  '\\definecolor{realigncarriedcolour}{HTML}{1450B4}',
  '\\definecolor{realignerroneouscolour}{HTML}{B8103C}',
  '\\definecolor{realignrejectedcolour}{HTML}{6B4A00}',
  '\\ifdefined\\realignbox\\else\\newsavebox\\realignbox\\fi',
  '\\providecommand\\realigncarried[1]{\\leavevmode{\\color{realigncarriedcolour}\\sbox\\realignbox{#1}\\rlap{\\rule[-1.8pt]{\\wd\\realignbox}{.5pt}}\\usebox\\realignbox}}',
  '\\providecommand\\realignerroneous[1]{\\leavevmode{\\color{realignerroneouscolour}\\sbox\\realignbox{#1}\\rlap{\\hbox to\\wd\\realignbox{\\leaders\\hbox{\\rule[-1.6pt]{1.2pt}{.4pt}\\rule[-2.6pt]{1.2pt}{.4pt}}\\hfill}}\\usebox\\realignbox}}',
  '\\providecommand\\realignrejected[1]{\\leavevmode{\\color{realignrejectedcolour}\\sbox\\realignbox{#1}\\rlap{\\rule[.55ex]{\\wd\\realignbox}{.5pt}}\\usebox\\realignbox}}',
  '\\providecommand\\realigncarriedsure[1]{\\realigncarried{\\textbf{#1}}}',
  '\\providecommand\\realignerroneoussure[1]{\\realignerroneous{\\textbf{#1}}}',
  '\\providecommand\\realignrejectedsure[1]{\\realignrejected{\\textbf{#1}}}',
  '% A picture that hangs from the top of its line, beside the first row.',
  '\\providecommand\\realignpicture[1]{\\raisebox{\\dimexpr\\ht\\strutbox-\\height}{\\includegraphics[width=\\linewidth,height=.28\\textheight,keepaspectratio]{#1}}}',
  '% A letter outside T1: itself where the font of XeLaTeX or LuaLaTeX has it (\\setmainfont chooses one), else its code point.',
  '\\ifdefined\\Umathchar\\providecommand\\realignchar[1]{\\iffontchar\\font"#1 \\char"#1\\relax\\else{[}U+#1{]}\\allowbreak\\fi}\\else',
  '\\providecommand\\realignchar[1]{{[}U+#1{]}\\allowbreak}\\fi',
]
