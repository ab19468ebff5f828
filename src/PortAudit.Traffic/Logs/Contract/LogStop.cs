using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Contract;

/// <summary>How a flow of a log was stopped.</summary>
internal static class LogStop
{
    /// <summary>Says of a refused connection that the sender of the reset is unknown.</summary>
    public static FlowRecord Of(FlowRecord flow) => flow.Outcome != Outcome.Refused
        ? flow
        : flow with
        {
            StoppedBy = flow.Responder.Address,
            StoppedHow = "TCP RST",
            Reset = new FlowReset(ResetOrigin.Unknown, ByOriginator: false, 0, 0),
        };
}
