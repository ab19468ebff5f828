using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Records;

/// <summary>What one flow alone says of whether it arrived.</summary>
public sealed class ReachTests
{
    [Theory]
    [InlineData(Outcome.Established, "reached")]
    [InlineData(Outcome.Refused, "reached")]
    [InlineData(Outcome.OneWay, "reached")]
    [InlineData(Outcome.Rejected, "stopped")]
    [InlineData(Outcome.Unanswered, "unknown")]
    [InlineData(Outcome.Undecided, "unknown")]
    public void An_attempt_arrived_when_its_host_answered_anything(Outcome outcome, string reach) =>
        Assert.Equal(reach, Of("192.0.2.7:50123 tcp 198.51.100.9:8443").Ending(outcome).Reach.ToText());

    [Theory]
    [InlineData("198.51.100.9", Reach.Reached)] // a firewall on the host itself
    [InlineData("198.51.100.1", Reach.Stopped)]
    public void A_host_that_prohibits_was_reached_and_a_device_on_the_way_stopped(string device, Reach reach) =>
        Assert.Equal(reach, (Of("192.0.2.7:50123 udp 198.51.100.9:161").Ending(Outcome.Rejected)
            with
        { StoppedBy = AddressOf(device), IcmpReason = IcmpReason.Prohibited }).Reach);

    [Theory]
    [InlineData(ResetOrigin.Host, Reach.Reached)]
    [InlineData(ResetOrigin.Unknown, Reach.Unknown)]
    public void A_reset_of_unknown_sender_proves_nothing(ResetOrigin origin, Reach reach) => Assert.Equal(reach,
        (Of("192.0.2.7:50123 tcp 198.51.100.9:8443").Ending(Outcome.Refused)
            with
        { Reset = new FlowReset(origin, false, 63, 63) }).Reach);

    [Theory]
    [InlineData(1, false, Reach.Unknown)]
    [InlineData(19, false, Reach.Unknown)]
    [InlineData(20, false, Reach.Reached)] // the other direction was not captured
    [InlineData(1, true, Reach.Reached)]
    public void Few_datagrams_of_the_responder_alone_prove_no_arrival(int received, bool isRequested, Reach reach) =>
        Assert.Equal(reach, (Of("192.0.2.7:50123 udp 198.51.100.9:161").Ending(Outcome.OneWay) with
        {
            Out = default,
            In = new DirectionCounters(received, received * 60, 0),
            RequestedAt = isRequested ? Of("192.0.2.7:50123 udp 198.51.100.1:161").Responder : null,
        }).Reach);

    [Theory]
    [InlineData("239.1.2.3")]
    [InlineData("255.255.255.255")]
    public void What_goes_to_several_hosts_is_never_stopped(string group) => Assert.Equal(Reach.Unknown,
        (Of($"192.0.2.7:50123 udp {group}:5000").Ending(Outcome.Rejected)
            with
        { StoppedBy = AddressOf("192.0.2.1") }).Reach);

    [Theory]
    [InlineData("h", 0, 1, Outcome.OneWay, Reach.Unknown)] // a SYN with ACK that nothing asked for
    [InlineData("hR", 1, 1, Outcome.Established, Reach.Unknown)]
    [InlineData("r", 0, 1, Outcome.OneWay, Reach.Unknown)]
    [InlineData("R", 1, 0, Outcome.OneWay, Reach.Unknown)]
    [InlineData("A", 1, 0, Outcome.OneWay, Reach.Unknown)] // as a scan sends
    [InlineData("Ar", 1, 1, Outcome.Midstream, Reach.Reached)]
    [InlineData("ad", 0, 3, Outcome.OneWay, Reach.Reached)]
    [InlineData("hAD", 2, 2, Outcome.Established, Reach.Reached)]
    public void Segments_of_no_connection_prove_nothing(string history, int sent, int received, Outcome outcome,
        Reach reach) => Assert.Equal(reach, (Of("192.0.2.7:50123 tcp 198.51.100.9:80") with
        {
            SynCount = 0,
            History = history,
            Outcome = outcome,
            Out = new DirectionCounters(sent, sent * 60, 0),
            In = new DirectionCounters(received, received * 60, 0),
        }).Reach);

    [Fact]
    public void Data_in_one_direction_belongs_to_a_connection() => Assert.Equal(Reach.Reached,
        (Of("192.0.2.7:50123 tcp 198.51.100.9:80").Ending(Outcome.OneWay)
            with
        { SynCount = 0, History = "DA" }).Reach);
}
