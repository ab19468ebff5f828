using PortAudit.Cli.Input;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Baseline;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;

namespace PortAudit.Tests.Cli.Input;

public sealed class InputProblemsTests
{
    [Fact]
    public void Whole_captures_are_no_problem_not_even_one_without_a_packet()
    {
        var problems = InputProblems.Of([], Observation([Capture("a.pcap", 0, CaptureEndKind.Complete)]));
        Assert.Equal(ExitCode.Success, problems.ExitCode);
        Assert.Empty(problems.Warnings);
    }

    [Fact]
    public void An_input_that_cannot_be_opened_is_one_line_and_exit_code_3()
    {
        var problems = InputProblems.Of([new UnreadInput("gone.pcap", 0, "no such file")], null);
        Assert.Equal<string>(["gone.pcap: no such file"], problems.Errors);
        Assert.Equal(ExitCode.Input, problems.ExitCode);
    }

    [Theory]
    [InlineData(CaptureEndKind.Cut)]
    [InlineData(CaptureEndKind.Damaged)]
    [InlineData(CaptureEndKind.Unreadable)]
    public void A_capture_that_is_not_read_to_its_end_says_why(CaptureEndKind kind)
    {
        var problems = InputProblems.Of([], Observation([Capture("a.pcap", 1234, kind)]));
        Assert.Equal<string>(["a.pcap: the file ends inside a record; the results are partial"], problems.Errors);
        Assert.Equal(ExitCode.Input, problems.ExitCode);
    }

    [Fact]
    public void Every_damaged_place_of_a_capture_that_was_read_to_its_end_is_a_line()
    {
        var annotations = new CaptureAnnotations
        {
            Damages = [new(24, 5, "the record at offset 24 lies"),
            new(99, 5, "the record at offset 99 lies")],
            DamagesNotListed = 1234
        };
        var problems = InputProblems.Of([],
            Observation([Capture("a.pcap", 1234, CaptureEndKind.Complete) with { Annotations = annotations }]));
        Assert.Equal<string>(
            [
                "a.pcap: the record at offset 24 lies; the results are partial",
                "a.pcap: the record at offset 99 lies; the results are partial",
                "a.pcap: 1,234 more damaged parts are not listed; the results are partial",
            ],
            problems.Errors);
        Assert.Equal(ExitCode.Input, problems.ExitCode);
    }

    [Fact]
    public void A_capture_of_an_unknown_link_type_is_an_error()
    {
        var capture = Capture("wlan.pcap", 7, CaptureEndKind.Complete)
            with
        { UnreadLinks = [new UnreadLink(new LinkType(105), 7, 1)] };
        var problems = InputProblems.Of([], Observation([Capture("good.pcap", 9, CaptureEndKind.Complete), capture]));

        Assert.Equal<string>(["wlan.pcap: frame 1 has link type 105 (802.11), which is not read here; 7 such frames "
            + "were not judged"], problems.Errors);
        Assert.Equal(ExitCode.Input, problems.ExitCode);
    }

    [Fact]
    public void Some_frames_of_an_unknown_link_type_in_a_capture_are_a_warning()
    {
        var capture = Capture("mixed.pcapng", 8, CaptureEndKind.Complete)
            with
        { UnreadLinks = [new UnreadLink(new LinkType(147), 7, 2)] };
        var problems = InputProblems.Of([], Observation([capture]));

        Assert.Equal(ExitCode.Success, problems.ExitCode);
        Assert.Contains("frame 2 has link type 147,", Assert.Single(problems.Warnings), StringComparison.Ordinal);
    }

    private static CaptureSummary Capture(string path, long packets, CaptureEndKind kind) =>
        new(path, "pcap", packets, null, null, 6, [],
            new CaptureEnd(kind, 4096, kind == CaptureEndKind.Complete ? "" : "the file ends inside a record"));

    private static ObservationSummary Observation(CaptureSummary[] captures) => new()
    {
        Captures = [.. captures],
        Points = [],
        DecodeStops = [],
        FlowsEvicted = 0,
        IdentificationsSkipped = 0,
    };
}
