#include "collect/bundle/asset_files.h"
#include "collect/bundle/bundlers/bundle_analyzer.h"
#include "collect/bundle/bundlers/esbuild.h"
#include "collect/bundle/bundlers/next.h"
#include "collect/bundle/bundlers/rsbuild.h"
#include "collect/bundle/bundlers/visualizer.h"
#include "collect/bundle/bundlers/vite.h"
#include "collect/bundle/bundlers/webpack.h"
#include "collect/capture/curl.h"
#include "collect/capture/har.h"
#include "collect/collector/collector_config.h"
#include "collect/database/pg_stat_statements.h"
#include "collect/database/postgres_log.h"
#include "collect/database/slow_log.h"
#include "collect/database/table_rows.h"
#include "collect/format.h"
#include "collect/lab/browsertime.h"
#include "collect/lab/webpagetest.h"
#include "collect/lighthouse/ci_folder.h"
#include "collect/lighthouse/crux.h"
#include "collect/lighthouse/flow.h"
#include "collect/lighthouse/html_page.h"
#include "collect/lighthouse/lighthouse.h"
#include "collect/lighthouse/list.h"
#include "collect/lighthouse/pagespeed.h"
#include "collect/lighthouse/unlighthouse.h"
#include "collect/load_test/artillery.h"
#include "collect/load_test/autocannon.h"
#include "collect/load_test/bombardier.h"
#include "collect/load_test/fortio.h"
#include "collect/load_test/gatling.h"
#include "collect/load_test/k6/points.h"
#include "collect/load_test/k6/summary.h"
#include "collect/load_test/oha.h"
#include "collect/load_test/text/ab.h"
#include "collect/load_test/text/h2load.h"
#include "collect/load_test/text/hdr_histogram.h"
#include "collect/load_test/text/hey.h"
#include "collect/load_test/text/httperf.h"
#include "collect/load_test/text/jmeter.h"
#include "collect/load_test/text/loadtest.h"
#include "collect/load_test/text/locust.h"
#include "collect/load_test/text/siege.h"
#include "collect/load_test/text/vegeta_text.h"
#include "collect/load_test/text/wrk.h"
#include "collect/load_test/vegeta.h"
#include "collect/logs/access_log.h"
#include "collect/logs/console_log.h"
#include "collect/logs/json_lines.h"
#include "collect/logs/records/otlp_logs.h"
#include "collect/logs/records/structured_log.h"
#include "collect/measured_file.h"
#include "collect/queue/cloudwatch.h"
#include "collect/queue/polled_counts.h"
#include "collect/queue/queue_series.h"
#include "collect/samples_file.h"
#include "collect/trace/otlp.h"
#include "collect/unread_outputs.h"

namespace budgetcheck {

const std::vector<Format>& formats() {
  static const std::vector<Format> kFormats{
      lighthouse_format(),
      lighthouse_flow_format(),
      lighthouse_list_format(),
      lighthouse_page_format(),
      pagespeed_format(),
      unlighthouse_format(),
      crux_format(),
      browsertime_format(),
      webpagetest_format(),
      lighthouse_ci_note_format(),
      measured_format(),  // it holds samples too
      samples_format(),
      rspack_format(),
      webpack_format(),
      esbuild_format(),
      visualizer_format(),
      visualizer_links_format(),
      next_stats_format(),
      next_manifest_format(),
      bundle_analyzer_format(),
      vite_format(),
      rsbuild_format(),
      asset_files_format(),
      wrk_format(),
      hdr_histogram_format(),
      hey_format(),
      ab_format(),
      siege_format(),
      httperf_format(),
      h2load_format(),
      loadtest_format(),
      vegeta_text_format(),
      locust_format(),
      jmeter_format(),
      har_format(),
      curl_format(),
      k6_summary_format(),
      k6_points_format(),
      k6_csv_format(),
      autocannon_format(),
      artillery_format(),
      vegeta_report_format(),
      vegeta_results_format(),
      oha_format(),
      bombardier_format(),
      fortio_format(),
      gatling_format(),
      cloudwatch_format(),
      queue_query_format(),
      queue_exposition_format(),
      mapped_counts_format(),
      polled_counts_format(),  // logs are lines of JSON too
      otlp_format(),
      zipkin_format(),
      otlp_logs_format(),
      console_log_format(),  // a composed log holds lines of the database too
      postgres_log_format(),
      postgres_jsonlog_format(),
      postgres_csvlog_format(),
      slow_log_format(),
      pg_stat_statements_format(),
      table_rows_format(),
      collector_config_format(),
      prisma_log_format(),
      access_log_format(),  // a log may hold queries too
      structured_log_format(),
      logfmt_format(),
      unread_outputs_format(),
  };
  return kFormats;
}

}  // namespace budgetcheck
