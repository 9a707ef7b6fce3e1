// What the report draws, and nothing else of the library: a treemap, lines, and tooltips that are drawn instead of being HTML.
import { LineChart, TreemapChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([LineChart, TreemapChart, GridComponent, TooltipComponent, SVGRenderer]);

globalThis.budgetcheckCharts = { init };
