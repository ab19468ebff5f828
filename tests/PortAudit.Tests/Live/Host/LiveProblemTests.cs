using System.Diagnostics;
using PortAudit.Live;
using PortAudit.Live.Host;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Live.Host;

/// <summary>What keeps capture from beginning or going on.</summary>
public sealed class LiveProblemTests
{
    [NeedsFact(Part.Live)]
    public void An_interface_that_does_not_exist_is_named_beside_those_that_do()
    {
        using var link = new VethPair();
        var problem = link.Near.In(() => LiveRun.Refusal(LiveRun.Options("in9")));

        Assert.Equal((LiveProblemKind.NoSuchDevice, "in9"), (problem.Kind, problem.Device));
        Assert.Contains("in0", problem.Text, StringComparison.Ordinal);
        Assert.Contains("portaudit interfaces", problem.Remedy, StringComparison.Ordinal);
    }

    [NeedsFact(Part.Live)]
    public void All_interfaces_that_cannot_be_opened_are_told_at_once()
    {
        using var link = new VethPair();
        var problems = link.Near.In(() =>
        {
            Assert.Null(LiveCapture.TryOpen(LiveRun.Options("in8", "in0", "in9"), CancellationToken.None,
                out var found));
            return found;
        });

        Assert.Equal(["in8", "in9"], problems.Select(problem => problem.Device));
    }

    [NeedsFact(Part.Live)]
    public void An_interface_that_is_down_can_be_brought_up_by_the_remedy()
    {
        using var link = new VethPair();
        NetworkNamespace.Ip("-n", link.Near.Name, "link", "set", "in0", "down");
        var problem = link.Near.In(() => LiveRun.Refusal(LiveRun.Options()));

        Assert.Equal(LiveProblemKind.DeviceDown, problem.Kind);
        Assert.Equal("sudo ip link set dev in0 up", problem.Remedy);
    }

    [NeedsFact(Part.Live)]
    public void Without_the_right_to_capture_the_remedy_says_how_to_get_it()
    {
        using var link = new VethPair();
        var problem = link.Near.In(() =>
        {
            ThreadCapabilities.GiveUp();
            return LiveRun.Refusal(LiveRun.Options());
        });

        Assert.Equal(LiveProblemKind.PermissionDenied, problem.Kind);
        Assert.Contains("sudo", problem.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Remedy);
    }

    [NeedsTheory(Part.Live)]
    [InlineData("host 10.99.0.1 and port fooz", "fooz")]
    [InlineData("port 99999", "99999")]
    [InlineData("tcp and host 1.2.3.999", "1.2.3.999")]
    public void A_filter_with_an_error_is_pointed_at(string filter, string word)
    {
        using var link = new VethPair();
        var problem = link.Near.In(() => LiveRun.Refusal(LiveRun.Options() with { Filter = filter }));

        Assert.Equal(LiveProblemKind.Filter, problem.Kind);
        Assert.Equal((filter.IndexOf(word, StringComparison.Ordinal), word.Length),
            (problem.Filter!.Position, problem.Filter.Length));
    }

    [NeedsTheory(Part.Live)]
    [InlineData("tcp prot 80")]
    [InlineData("tcp and (udp")]
    [InlineData("tcp and udp")]
    [InlineData("host \u00e9 and")]
    public void Where_libpcap_does_not_tell_the_place_none_is_made_up(string filter)
    {
        using var link = new VethPair();
        var problem = link.Near.In(() => LiveRun.Refusal(LiveRun.Options() with { Filter = filter }));

        Assert.Equal(LiveProblemKind.Filter, problem.Kind);
        Assert.Null(problem.Filter!.Position);
        Assert.Equal([filter, "libpcap does not say where in the filter"], problem.Filter.ToLines());
    }

    [NeedsFact(Part.Live)]
    public void A_filter_does_not_end_at_a_character_0() =>
        Assert.Equal(4, Assert.IsType<LiveProblem>(RefusalOf("tcp \0 udp")).Filter!.Position);

    [NeedsFact(Part.Live)]
    public void An_interface_that_is_removed_ends_the_capture_and_is_named()
    {
        using var link = new VethPair();
        var clock = new Stopwatch();
        var run = LiveRun.Of(link, LiveRun.Options(), int.MaxValue, () =>
        {
            link.Send(10, _ => new byte[10]);
            Thread.Sleep(100);
            NetworkNamespace.Ip("-n", link.Near.Name, "link", "del", "in0");
            clock.Start();
        });

        Assert.InRange(clock.ElapsedMilliseconds, 0, 10_000);
        Assert.Equal(10, run.Packets.Count);
        Assert.Equal(CaptureEndKind.Unreadable, run.Ending.Kind);
        Assert.Equal((LiveProblemKind.DeviceVanished, "in0"),
            Assert.Single(run.Problems.Select(problem => (problem.Kind, problem.Device))));
        Assert.Contains("in0: the interface was lost after 10 packets", run.Ending.Reason, StringComparison.Ordinal);
        Assert.Equal(10, Assert.Single(run.Counters).Delivered);
    }

    [NeedsFact(Part.Live)]
    public void The_other_interfaces_go_on_when_one_is_removed()
    {
        using var link = new VethPair(links: 2);
        var run = LiveRun.Of(link, LiveRun.Options("in0", "in1"), 30, () =>
        {
            link.Send(20, _ => new byte[10], number => number % 2);
            Thread.Sleep(100);
            NetworkNamespace.Ip("-n", link.Near.Name, "link", "del", "in0");
            Thread.Sleep(300);
            link.Send(10, _ => new byte[10], _ => 1);
        });

        Assert.Equal([10, 20], run.Counters.Select(counter => (int)counter.Delivered!.Value));
        Assert.Equal("in0", Assert.Single(run.Problems).Device);
    }

    [NeedsFact(Part.Live)]
    public void An_interface_that_goes_down_and_comes_up_again_is_captured_on()
    {
        using var link = new VethPair();
        var run = LiveRun.Of(link, LiveRun.Options() with { Filter = "udp" }, 20, () =>
        {
            link.Send(10, _ => new byte[10]);
            Thread.Sleep(100);
            NetworkNamespace.Ip("-n", link.Near.Name, "link", "set", "in0", "down");
            Thread.Sleep(300);
            NetworkNamespace.Ip("-n", link.Near.Name, "link", "set", "in0", "up");
            NetworkNamespace.Ip("-n", link.Near.Name, "neigh", "replace", "10.99.0.2", "lladdr", "02:00:00:00:00:02",
                "dev", "in0", "nud", "permanent");
            Thread.Sleep(300);
            link.Send(10, _ => new byte[10]);
        });

        Assert.Equal(20, run.Packets.Count);
        Assert.Empty(run.Problems);
        Assert.True(run.Ending.IsComplete);
    }

    private static LiveProblem RefusalOf(string filter)
    {
        using var link = new VethPair();
        return link.Near.In(() => LiveRun.Refusal(LiveRun.Options() with { Filter = filter }));
    }
}
