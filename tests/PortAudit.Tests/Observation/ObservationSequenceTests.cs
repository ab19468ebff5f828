using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using PortAudit.Tests.Audit.State;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Observers.Announcements;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Observation;

/// <summary>Observations that follow each other, joined into one.</summary>
public sealed class ObservationSequenceTests
{
    /// <summary>Every counter of a point, a stop, a VLAN, a tunnel, a channel and of the whole is the sum of both,
    /// whatever the numbers.</summary>
    [Fact]
    public void Counters_are_sums()
    {
        Prop.ForAll(Gen.Choose(0, 1_000_000).Four().ToArbitrary(), numbers =>
        {
            var (a, b) = (Sample(numbers.Item1, numbers.Item2, 0), Sample(numbers.Item3, numbers.Item4, 1));
            var both = a.Append(b);
            return Counters(both).SequenceEqual(Counters(a).Zip(Counters(b), (one, other) => one + other));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }

    [Fact]
    public void Appending_is_associative()
    {
        var (a, b, c) = (Sample(1, 2, 0), Sample(3, 4, 1), Sample(5, 6, 2));

        Assert.Equal(StateGraph.Describe(a.Append(b).Append(c)), StateGraph.Describe(a.Append(b.Append(c))));
    }

    [Fact]
    public void A_capture_in_two_halves_is_the_capture_as_far_as_things_add_up()
    {
        foreach (var path in new[] { Repository.PathOf("captures", "media", "sip.pcap"),
            Repository.PathOf("captures", "domain", "logon.pcap"),
            Repository.PathOf("captures", "firewall", "traffic-inside.pcap") })
        {
            var whole = Observe(path, new ObserverOptions());
            using var directory = new PortAudit.Tests.Cli.TemporaryDirectory();
            Split(path, whole.Captures[0].Packets / 2, directory["first.pcapng"], directory["second.pcapng"]);
            var first = Observe(directory["first.pcapng"], new ObserverOptions());
            var second = NumberedOn(Observe(directory["second.pcapng"],
                new ObserverOptions { FirstAnnouncement = first.NextAnnouncement }), first);
            var both = first.Append(second);

            Assert.Equal(2, both.Captures.Length);
            Assert.Equal(Additive(whole), Additive(both));
            Assert.Equal(whole.DecodeStops.Select(stop => (stop.Layer, stop.Reason, stop.Packets)),
                both.DecodeStops.Select(stop => (stop.Layer, stop.Reason, stop.Packets)));
            Assert.Equal(whole.LinkProtocols.Select(link => (link.Protocol, link.Packets)),
                both.LinkProtocols.Select(link => (link.Protocol, link.Packets)));
            Assert.Equal(whole.Names.Select(name => (name.Address, name.Name, name.Basis)),
                both.Names.Select(name => (name.Address, name.Name, name.Basis)));
            Assert.Equal(both.Announcements.Select(use => use.Announcement.Number).Order().Distinct(),
                both.Announcements.Select(use => use.Announcement.Number));
            Assert.All(both.Announcements.Skip(first.Announcements.Length),
                use => Assert.Equal(1, use.Announcement.Frame.Capture));
            Assert.Equal(whole.Total.Clock, both.Total.Clock);
            Assert.Empty(both.Gaps);
        }
    }

    [Fact]
    public void What_is_not_numbered_on_is_refused()
    {
        var a = Sample(1, 2, 0);

        Assert.Throws<ArgumentException>(() => a.Append(Sample(3, 4, 0)));
        Assert.Throws<ArgumentException>(() => a.Append(Sample(3, 4, 1) with { Announcements = a.Announcements }));
        Assert.Equal((2, 1), (a.NextAnnouncement, (a with { Announcements = [] }).NextAnnouncement));
    }

    [Fact]
    public void Old_captures_lose_their_details_and_keep_their_counts_and_places()
    {
        var observation = Sample(7, 1, 0);
        for (var run = 1; run < ObservationSummary.MaximumDetailedCaptures + 3; run++)
            observation = observation.Append(Sample(7, 1, run));

        Assert.Equal(ObservationSummary.MaximumDetailedCaptures + 3, observation.Captures.Length);
        Assert.All(observation.Captures.Take(3), capture => Assert.Equal((7, 9L, 1L, 1L, 1L, false), (capture.Packets,
            capture.Annotations.Dropped, capture.Annotations.NamesNotKept, capture.Annotations.CommentsNotKept,
            capture.Annotations.DamagesNotListed, capture.IsWhole)));
        Assert.All(observation.Captures.Skip(3), capture => Assert.Single(capture.Annotations.Comments));
        Assert.Equal(("run 2", 3), (observation.Captures[2].Path, observation.CapturesWithoutDetail));
    }

    [Fact]
    public void Announcements_beyond_the_limit_are_forgotten_from_the_oldest_on()
    {
        var one = Sample(1, 1, 0).Announcements[0];
        var many = Sample(1, 1, 0)
            with
        {
            AnnouncementsForgotten = 3,
            Announcements = [.. Enumerable.Range(1, ExpectationTable.Maximum)
                .Select(number => one with { Announcement = one.Announcement with { Number = number } })]
        };
        var next = Sample(1, 1, 1);
        next = next with
        {
            AnnouncementsForgotten = 4,
            Announcements = [next.Announcements[0] with { Announcement =
            next.Announcements[0].Announcement with { Number = ExpectationTable.Maximum + 1 } }]
        };
        var both = many.Append(next);

        Assert.Equal((ExpectationTable.Maximum, 2, 8L),
            (both.Announcements.Length, both.Announcements[0].Announcement.Number, both.AnnouncementsForgotten));
    }

    [Fact]
    public void Vlans_and_tunnels_beyond_the_limit_are_one_sum()
    {
        var breakdown = new FlowBreakdown([Sum("2", 1), Sum("2.5", 2), Sum("10", 4)], Sum("", 8));
        var joined = breakdown.Join(new FlowBreakdown([Sum("1", 16), Sum("2.5", 32)], Sum("", 64)),
            FlowBreakdown.ByVlan, 3);

        Assert.Equal([Sum("1", 16), Sum("2", 1), Sum("2.5", 34)], joined.Listed.AsEnumerable());
        Assert.Equal(Sum("", 76), joined.NotListed);
    }

    [Fact]
    public void Points_beyond_the_limit_are_the_last_one()
    {
        var points = ObservationSequence.JoinPoints([Point("a", 1), Point("c", 2)],
            [Point("b", 4), Point("c", 8), Point("d", 16)], out var merged, maximum: 2);

        Assert.Equal(("a", 1, "b", 30, 2),
            (points[0].Name, points[0].Packets, points[1].Name, points[1].Packets, merged));
    }

    [Fact]
    public void A_hole_between_captures_is_longer_than_their_silences()
    {
        ImmutableArray<CaptureSummary> captures = [Capture("b", 100, 200, 30), Capture("a", 0, 50, 20),
            Capture("c", 150, 250, 0), Capture("e", 300, 300, 0), Capture("d", 275, 280, 0),
            Capture("empty", null, null, 0)];

        Assert.Equal([new CaptureGap(50, 100)], (Sample(1, 1, 0) with { Captures = captures }).Gaps.AsEnumerable());
    }

    [Fact]
    public void Captures_at_the_end_that_hold_nothing_are_dropped_and_no_others()
    {
        var empty = Capture("empty", null, null, 0);
        var lossy = empty with
        {
            Annotations = new CaptureAnnotations
            {
                Drops =
            [new InterfaceStatistics(0, null) { DroppedBySystem = 1 }]
            }
        };
        var sample = Sample(1, 1, 0);

        Assert.Equal([empty, sample.Captures[0]], (sample with { Captures = [empty, sample.Captures[0], empty, empty] })
            .WithoutIdleEnd().Captures.AsEnumerable());
        Assert.Equal([lossy], (sample with { Captures = [lossy, empty] }).WithoutIdleEnd().Captures.AsEnumerable());
    }

    private static FlowSum Sum(string name, long flows) => new(name, flows, 2 * flows, 3 * flows);

    private static PointSummary Point(string name, long packets) => new(name, packets, 0, 0, null, null, []);

    private static CaptureSummary Capture(string path, long? firstNs, long? lastNs, long silenceNs) =>
        new(path, "pcap", firstNs is null ? 0 : 2, firstNs, lastNs, 6, [],
            new CaptureEnd(CaptureEndKind.Complete, 0, ""))
        { Clock = new CaptureClock(0, 0, silenceNs) };

    /// <summary>An observation of one capture in which all counters differ, with one announcement.</summary>
    private static ObservationSummary Sample(int packets, int other, int capture)
    {
        var filled = FilledRecord.Of<ObservationSummary>();
        var use = filled.Announcements[0];
        var path = $"run {capture}";
        return filled with
        {
            CapturesWithoutDetail = 0,
            Captures =
            [
                Capture(path, capture * 1_000, (capture * 1_000) + 500, 10) with
                {
                    Packets = packets,
                    Annotations = new CaptureAnnotations
                    {
                        Drops = [new InterfaceStatistics(0, "eth0") { DroppedBySystem = 4 },
                            new InterfaceStatistics(1, "eth1") { DroppedBySystem = 5 }],
                        Names = [new CapturedName("10.0.0.1", "a")],
                        Comments = [new CaptureComment(CommentSubject.Frame, 1, "c")],
                        Damages = [new CaptureDamage(1, 1, "d")],
                    },
                },
            ],
            Points = [filled.Points[0] with { Name = "a", Packets = packets, Dropped = other, FirstNs = capture * 1_000,
                LastNs = (capture * 1_000) + 500 }],
            DecodeStops = [new DecodeStopCount(DecodeLayer.Ipv4, DecodeReason.BadLength, packets,
                new FrameReference(capture, 1))],
            LinkProtocols = [new LinkProtocolCount(LinkProtocol.Arp, packets, new FrameReference(capture, 1))],
            Vlans = new FlowBreakdown([Sum("7", packets)], Sum("", other)),
            Tunnels = new FlowBreakdown([Sum("gre", packets)], Sum("", other)),
            Announcements = [use with { Announcement =
                use.Announcement with { Number = capture + 1, Frame = new FrameReference(capture, 1) } }],
            ControlChannels = [filled.ControlChannels[0]],
            FlowsEvicted = packets,
            HopLimitsNotKept = other,
            FlowsNotTraced = packets,
        };
    }

    /// <summary>All whole numbers that are told of an observation but times, extremes and numbers of
    /// something.</summary>
    private static IEnumerable<long> Counters(ObservationSummary observation)
    {
        var point = Assert.Single(observation.Points);
        var channel = Assert.Single(observation.ControlChannels);
        var (vlan, tunnel) = (Assert.Single(observation.Vlans.Listed), Assert.Single(observation.Tunnels.Listed));
        return
        [
            observation.Captures.Sum(capture => capture.Packets), observation.Captures.Length,
            observation.Announcements.Length,
            .. Additive(observation), Assert.Single(observation.DecodeStops).Packets,
            Assert.Single(observation.LinkProtocols).Packets,
            vlan.Flows, vlan.Packets, vlan.Bytes, observation.Vlans.NotListed.Flows, tunnel.Flows, tunnel.Packets,
            tunnel.Bytes, observation.Tunnels.NotListed.Flows,
            point.Flows, point.FlowBytes, point.EncryptedFlows, point.EncryptedBytes, point.HolesClosedEarly,
            point.Streams.Gaps, point.Streams.Retransmissions,
            channel.Flows, channel.Announcements, channel.Hidden, channel.NotRead, channel.Skipped,
            observation.Fragments.Reassembled, observation.Fragments.Incomplete, observation.Fragments.Overlapping,
            observation.Fragments.Evicted, observation.Fragments.Unassigned,
            observation.FlowsEvicted, observation.PointsMerged, observation.PacketsOfOtherTunnels,
            observation.IdentificationsSkipped, observation.AnnouncementsForgotten,
            observation.FlowsReadInPartForNames, observation.HopLimitsNotKept, observation.FlowsNotTraced,
            observation.NameSightingsNotKept + observation.Names.Sum(name => name.Sightings),
        ];
    }

    /// <summary>What does not depend on where a recording was cut.</summary>
    private static IEnumerable<long> Additive(ObservationSummary observation)
    {
        var total = observation.Total;
        return [total.Packets, total.Bytes, total.CutPackets, total.Dropped, total.HeadersCut,
            .. observation.Links.SelectMany(link => new[] { (long)link.Packets })];
    }

    private static ObservationSummary Observe(string path, ObserverOptions options) =>
        TrafficObserver.Observe(CaptureSet.Open([path], () => Stream.Null), options, _ => { }, null,
            CancellationToken.None);

    /// <summary>The frames of an observation, numbered behind those of another.</summary>
    private static ObservationSummary NumberedOn(ObservationSummary later, ObservationSummary earlier)
    {
        FrameReference On(FrameReference frame) => frame with { Capture = frame.Capture + earlier.Captures.Length };
        return later with
        {
            DecodeStops = [.. later.DecodeStops.Select(stop => stop with { First = On(stop.First) })],
            LinkProtocols = [.. later.LinkProtocols.Select(link => link with { First = On(link.First) })],
            Announcements = [.. later.Announcements.Select(use =>
                use with { Announcement = use.Announcement with { Frame = On(use.Announcement.Frame) } })],
        };
    }

    private static void Split(string path, long packets, string first, string second)
    {
        using var source = CaptureFile.Open(File.OpenRead(path), path);
        using var firstStream = File.Create(first);
        using var secondStream = File.Create(second);
        PcapngWriter[] writers = [new(firstStream, new CaptureWriter(null, null, null)),
            new(secondStream, new CaptureWriter(null, null, null))];
        var described = false;
        for (var number = 1L; source.TryRead(out var packet); number++)
        {
            if (!described)
            {
                foreach (var writer in writers)
                    writer.AddInterface(source.Interfaces[0]);
                described = true;
            }

            writers[number <= packets ? 0 : 1].Write(0, packet, []);
        }
    }
}
