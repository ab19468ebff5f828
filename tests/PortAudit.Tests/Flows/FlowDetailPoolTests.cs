using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Flows;

public sealed class FlowDetailPoolTests
{
    [Fact]
    public void A_flow_has_none_until_it_is_asked_for()
    {
        var details = new FlowDetailPool();
        var flow = default(Flow);

        Assert.Null(details.Find(in flow));
        var detail = details.Of(ref flow);
        Assert.Same(detail, details.Of(ref flow));
        Assert.Same(detail, details.Find(in flow));
    }

    [Fact]
    public void What_is_given_back_is_given_again_as_new()
    {
        var details = new FlowDetailPool();
        var first = default(Flow);
        var detail = details.Of(ref first);
        detail.Duplicates = 7;
        details.LedgerOf(ref first).Of(Side.Low).Jumps++;
        details.Return(ref first);

        Assert.Null(details.Find(in first));
        var second = default(Flow);
        Assert.Same(detail, details.Of(ref second));
        Assert.True(detail.IsBlank);
        Assert.Equal(0, details.LedgerOf(ref second).Of(Side.Low).Jumps);
    }

    [Fact]
    public void What_hardly_any_flow_has_is_kept_and_forgotten_with_the_rest()
    {
        var details = new FlowDetailPool();
        var (first, frame) = (default(Flow), new FrameReference(0, 5));
        var detail = details.Of(ref first);
        detail.Note(3, 1, IpAddress.FromIpv4(7), frame);
        detail.Note(CredentialUse.Password, frame);
        detail.ResetFrame = detail.ProtocolFrame = frame;
        Assert.Equal((3, 1, IpAddress.FromIpv4(7), frame),
            (detail.ErrorType, detail.ErrorCode, detail.ErrorSender, detail.ErrorFrame));
        Assert.Equal((CredentialUse.Password, frame, frame, frame),
            (detail.Credentials, detail.CredentialFrame, detail.ResetFrame, detail.ProtocolFrame));
        Assert.False(detail.IsBlank);
        details.Return(ref first);

        var second = default(Flow);
        Assert.Same(detail, details.Of(ref second));
        Assert.True(detail.IsBlank);
        Assert.Equal((0, 0, default(IpAddress), default(FrameReference)),
            (detail.ErrorType, detail.ErrorCode, detail.ErrorSender, detail.ErrorFrame));
        Assert.Equal((CredentialUse.None, default(FrameReference), default(FrameReference), default(FrameReference)),
            (detail.Credentials, detail.CredentialFrame, detail.ResetFrame, detail.ProtocolFrame));
    }

    [Fact]
    public void Many_flows_have_their_own()
    {
        var details = new FlowDetailPool();
        var flows = new Flow[1000];
        for (var i = 0; i < flows.Length; i++)
            details.Of(ref flows[i]).Duplicates = i;

        for (var i = 0; i < flows.Length; i++)
            Assert.Equal(i, details.Find(in flows[i])!.Duplicates);
    }
}
