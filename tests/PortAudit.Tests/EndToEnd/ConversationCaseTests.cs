using System.Text.Json.Nodes;

namespace PortAudit.Tests.EndToEnd;

/// <summary>Small captures of conversations that failed, or that say little of who opened them, with the right
/// verdict. They lie beside the checkout of those who have them.</summary>
public sealed class ConversationCaseTests
{
    private const string Lync = "lync";

    [NeedsTheory(Part.Cases)]
    [InlineData("synack-lost", "handshake-incomplete", "high", "app blocked")]
    [InlineData("ack-not-recorded", null, null, "app seen-by-port")]
    [InlineData("idle-silent", "session-lost-idle", "medium", "app seen-by-port")]
    [InlineData("idle-reset", "session-lost-idle", "medium", "app seen-by-port")]
    [InlineData("mtu-hole", "large-packets-lost", "medium", "app seen-by-port")]
    [InlineData("fragments-lost", "fragments-lost", "medium", null)]
    public void Conversations_that_failed_are_findings(string capture, string? kind, string? severity, string? rule)
    {
        var report = AuditOf(capture);
        var found = report["findings"]!.AsArray()
            .Where(finding => ((string?)finding!["kind"])!.Contains("lost", StringComparison.Ordinal)
                || ((string?)finding["kind"])!.Contains("handshake", StringComparison.Ordinal)).ToList();

        Assert.Equal(kind is null ? [] : [$"{kind} {severity}"],
            found.Select(finding => $"{finding!["kind"]} {finding["severity"]}"));
        if (rule is not null)
            Assert.Contains(rule, report["rules"]!.AsArray().Select(row => $"{row!["id"]} {row["status"]}"));
        Assert.All(found, finding => Assert.NotEmpty(finding!["evidence"]!["frames"]!.AsArray()));
    }

    [NeedsTheory(Part.Cases)]
    [InlineData("idle-silent", "had no packet for 1798 s")]
    [InlineData("idle-reset", "TTL 255 against 125")]
    [InlineData("mtu-hole", "segments of 1460 bytes were sent 6 times")]
    [InlineData("direction-answers-only", "app answered pc in 4 flows")]
    public void Explanations_give_what_was_measured(string capture, string words)
    {
        var report = AuditOf(capture);
        Assert.Contains(report["findings"]!.AsArray(), finding =>
            ((string?)finding!["explanation"])!.Contains(words, StringComparison.Ordinal));
    }

    [NeedsTheory(Part.Cases)]
    [InlineData("backscatter-synack-80-outside", Lync)]
    [InlineData("direction-lone-reset", "")]
    public void Stray_answers_and_resets_open_pass_and_exercise_nothing(string capture, string site)
    {
        var report = AuditOf(capture, site);
        Assert.DoesNotContain(report["findings"]!.AsArray(), finding => (long?)finding!["flows"] > 0);
        Assert.All(report["role_pairs"]!.AsArray().Where(pair => ((string?)pair!["from"]) == "internet"
            || ((string?)pair["to"]) == "internet"), pair =>
                Assert.Equal("{\"permitted\":0,\"escaped\":0,\"blocked\":0,\"misdropped\":0,\"unanswered\":0}",
                    pair!["words"]!.ToJsonString()));
    }

    [NeedsFact(Part.Cases)]
    public void A_segment_of_a_hello_that_never_arrived_is_said_with_its_rule()
    {
        var report = AuditOf("second-hello-segment-black-holed-outside", Lync);
        Assert.Contains(report["rules"]!.AsArray(), rule => ((string?)rule!["reason"])!.Contains(
            "data was sent 7 times and never acknowledged (217 bytes a segment)", StringComparison.Ordinal));
    }

    [NeedsTheory(Part.Cases)]
    [InlineData("direction-dhcp")]
    [InlineData("direction-sip-other-port")]
    public void Answers_from_another_endpoint_are_answers(string capture)
    {
        Assert.All(FlowRows.Of(PathOf($"{capture}.pcap")), flow =>
            Assert.Equal("established", flow.Outcome));
    }

    private static JsonObject AuditOf(string capture, string site = "") => LyncEdge.AuditBy(
        site == Lync ? LyncEdge.Site : PathOf("site.yaml"), PathOf($"{capture}.pcap"));

    private static string PathOf(string name) => Path.Combine(Repository.Cases!, name);
}
