using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.State;

/// <summary>
/// How a flow is persisted: all of it but for the numbers that capture point and tunnel have in the run that saw it, by
/// which <see cref="PortAudit.Traffic.Observation.EvidencePass"/> would look for it in files. A flow whose frames shall
/// be there after loading keeps them itself (<see cref="FlowRecord.Frames"/>).
/// </summary>
internal static class FlowContent
{
    private const CredentialUse AllUses =
        CredentialUse.Password | CredentialUse.Community | CredentialUse.NtlmV1 | CredentialUse.Ntlm2Session;

    /// <summary>A flow of which nothing is known.</summary>
    public static readonly FlowRecord Blank = new()
    {
        Id = 0,
        CapturePoint = "",
        Capture = 0,
        StartNs = 0,
        EndNs = 0,
        TimestampDigits = 0,
        Transport = default,
        Vlan = VlanTags.None,
        Originator = default,
        Responder = default,
        DirectionBasis = default,
        Outcome = default,
        History = "",
        Out = default,
        In = default,
    };

    /// <summary>A flow, which several ledgers may keep.</summary>
    public static FlowRecord Flow(this StateArchive archive, FlowRecord? flow) => archive.Shared(flow, Content);

    public static FlowRecord? FlowOrNull(this StateArchive archive, FlowRecord? flow) =>
        archive.SharedOrNull(flow, Content);

    private static FlowRecord Content(StateArchive archive, FlowRecord? flow)
    {
        var own = flow ?? Blank;
        return own with
        {
            Id = archive.Unsigned(own.Id),
            Count = Together(archive, own.Count),
            CapturePoint = archive.Text(own.CapturePoint),
            Capture = archive.Capture(own.Capture),
            StartNs = archive.Number(own.StartNs),
            EndNs = archive.Number(own.EndNs),
            TimestampDigits = archive.Octet((byte)own.TimestampDigits),
            Transport = archive.Transport(own.Transport),
            Vlan = archive.Vlan(own.Vlan),
            Originator = archive.Endpoint(own.Originator),
            Responder = archive.Endpoint(own.Responder),
            DirectionBasis = archive.Word(own.DirectionBasis),
            Outcome = archive.Word(own.Outcome),
            StoppedBy = archive.Optional(own.StoppedBy, StateValues.Address),
            StoppedHow = archive.TextOrNull(own.StoppedHow),
            IcmpReason = archive.Word(own.IcmpReason),
            Reset = archive.Optional(own.Reset, Reset),
            History = archive.Text(own.History),
            Out = Counters(archive, own.Out),
            In = Counters(archive, own.In),
            StreamOut = archive.Stream(own.StreamOut),
            StreamIn = archive.Stream(own.StreamIn),
            Duplicates = archive.Number(own.Duplicates),
            Answer = AnswerDelay.FromBits(archive.Port(own.Answer.Bits)),
            SynCount = archive.Count(own.SynCount),
            Protocol = archive.TextOrNull(own.Protocol),
            ProtocolBasis = archive.Word(own.ProtocolBasis),
            Service = archive.TextOrNull(own.Service),
            ServiceBasis = archive.Word(own.ServiceBasis),
            Announcement = archive.Optional(own.Announcement, Match),
            StartedAs = archive.TextOrNull(own.StartedAs),
            Tls = archive.SharedOrNull(own.Tls, TlsContent.Handshake),
            Refusal = archive.Optional(own.Refusal, Refused),
            Credentials = archive.Optional(own.Credentials, Shown),
            ProtocolFrame = archive.Optional(own.ProtocolFrame, StateValues.Frame),
            OutcomeFrame = archive.Optional(own.OutcomeFrame, StateValues.Frame),
            QuotesSeenFlow = archive.Flag(own.QuotesSeenFlow),
            Level = archive.Octet((byte)own.Level),
            Tunnel = archive.TextOrNull(own.Tunnel),
            ParentId = archive.Unsigned(own.ParentId),
            LostData = archive.Optional(own.LostData, Lost),
            SessionLoss = archive.Optional(own.SessionLoss, Session),
            IsFragmented = archive.Flag(own.IsFragmented),
            FragmentLoss = archive.Optional(own.FragmentLoss, Fragments),
            Trace = archive.SharedOrNull(own.Trace, TraceContent.Trace),
            ByteTimes = archive.SharedOrNull(own.ByteTimes, Times),
            Behaviour = archive.SharedOrNull(own.Behaviour, BehaviourContent.Behaviour),
            IsOfferProbe = archive.Flag(own.IsOfferProbe),
            RequestedAt = archive.Optional(own.RequestedAt, StateValues.Endpoint),
            Declined = archive.TextOrNull(own.Declined),
            Log = archive.Optional(own.Log, LogContent.Origin),
            Frames = archive.Array(own.Frames, StateValues.Frame),
            Carried = archive.Array(own.Carried, Carried),
            CarriedNames = archive.Array(own.CarriedNames, Names),
        };
    }

    /// <summary>What of a TCP stream did not come once and in order.</summary>
    public static StreamCounters Stream(this StateArchive archive, StreamCounters own) => new(
        archive.Number(own.Retransmissions),
        archive.Number(own.OutOfOrder),
        archive.Number(own.KeepAlives),
        archive.Number(own.WindowProbes),
        archive.Number(own.Jumps),
        archive.Number(own.Gaps),
        archive.Number(own.GapBytes));

    private static long Together(StateArchive archive, long own)
    {
        var count = archive.Number(own);
        archive.Require(count > 0, "a flow stands for none");
        return count;
    }

    private static ByteTimes Times(StateArchive archive, ByteTimes? own) => new(
        archive.Index(own?.Level ?? 0, TimeGrid.CoarsestLevel),
        archive.Array(own?.Sums ?? [],
            static (archive, sum) => new ByteSum(archive.Number(sum.Bucket), archive.Number(sum.Bytes))));

    private static DirectionCounters Counters(StateArchive archive, DirectionCounters own) =>
        new(archive.Number(own.Packets), archive.Number(own.Bytes), archive.Number(own.PayloadBytes));

    private static FlowReset Reset(StateArchive archive, FlowReset own) =>
        new(archive.Word(own.Origin), archive.Flag(own.ByOriginator), archive.Octet(own.HopLimit),
            archive.Octet(own.UsualHopLimit));

    private static CarriedUse Carried(StateArchive archive, CarriedUse own) => new(
        archive.Word(own.Kind),
        archive.Text(own.Name ?? ""),
        archive.Port(own.Operation),
        archive.Frame(own.Frame));

    private static CarriedNames Names(StateArchive archive, CarriedNames? own) => new(
        archive.Text(own?.Domain ?? ""),
        archive.Number(own?.Queries ?? 0),
        archive.Number(own?.RareQueries ?? 0),
        archive.Number(own?.NameBytes ?? 0),
        archive.Number(own?.AnswerBytes ?? 0),
        archive.Array(own?.Names ?? [], static (archive, name) => archive.Unsigned(name)));

    private static LostData Lost(StateArchive archive, LostData own) => new(archive.Flag(own.ByOriginator),
        archive.Count(own.Length), archive.Count(own.Times), archive.Flag(own.IsFirstOfSize),
        archive.Flag(own.PeerWasAlive), archive.Flag(own.PassedSmaller), archive.Frame(own.Frame));

    private static SessionLoss Session(StateArchive archive, SessionLoss own) => new(archive.Flag(own.ByOriginator),
        archive.Number(own.IdleNs), archive.Count(own.Attempts), archive.Flag(own.WasReset),
        archive.Frame(own.Frame));

    private static FragmentLoss Fragments(StateArchive archive, FragmentLoss own) =>
        new(archive.Flag(own.ByOriginator), archive.Count(own.Datagrams));

    private static AnnouncementMatch Match(StateArchive archive, AnnouncementMatch? match) =>
        new(archive.Announcement(match?.Announcement), archive.Word(match?.Grade ?? default));

    private static Refusal Refused(StateArchive archive, Refusal? refusal) => new(
        archive.Text(refusal?.Protocol ?? ""),
        archive.Count(refusal?.Code ?? 0),
        archive.Word(refusal?.Reason ?? default),
        archive.Word(refusal?.Basis ?? default),
        archive.Frame(refusal?.Frame ?? default));

    private static CredentialSighting Shown(StateArchive archive, CredentialSighting? shown) => new(
        (CredentialUse)archive.Index((int)(shown?.Use ?? default), (int)AllUses),
        archive.Optional(shown?.Frame, StateValues.Frame));
}
