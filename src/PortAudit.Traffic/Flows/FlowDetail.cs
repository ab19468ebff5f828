using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Streams;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>Rarely needed fields of a flow: payload under identification, errors, tunnels, service names. Kept apart to
/// keep flows small; pooled in <see cref="FlowDetailPool"/>. One flow in ten has one, mostly for the name of a
/// service.</summary>
internal sealed class FlowDetail
{
    /// <summary>Initial room for frame numbers.</summary>
    private const int FramesAtFirst = 2;

    /// <summary>Starts of the streams during identification; null before and after.</summary>
    public StreamStart? Streams;

    /// <summary>Starts of the datagrams during identification; null before, after and when not needed.</summary>
    public DatagramMemory? Datagrams;

    /// <summary>The conversation, while followed for announced ports; else null.</summary>
    public ControlConversation? Control;

    /// <summary>Registry row plus one of the protocol before a switch to another one; 0 without a switch.</summary>
    public ushort StartedAsRow;

    /// <summary>Registry row plus one of a protocol that the client requested and the server declined; 0
    /// without.</summary>
    public ushort DeclinedRow;

    /// <summary>True when an encrypted connection went on in clear.</summary>
    public bool IsUnsealed;

    /// <summary>Condensed TLS handshake in a pooled buffer; null without one.</summary>
    public byte[]? Notes;

    /// <summary>Length of <see cref="Notes"/> in bytes.</summary>
    public int NotesLength;

    /// <summary>Specific name of the service; one of a fixed set of strings.</summary>
    public string? Service;

    public IdentificationBasis ServiceBasis;

    /// <summary>The response that refused it; null without one.</summary>
    public Refusal? Refusal;

    /// <summary>The first frames, when kept, padded with number 0; else null.</summary>
    public FrameReference[]? Frames;

    /// <summary>Number of frames kept. May exceed the packets: fragments before the one with the ports count.</summary>
    public int FrameCount;

    /// <summary>Identifier of the carrying flow; 0 without.</summary>
    public ulong Parent;

    /// <summary>Earlier flows with the same key and start.</summary>
    public int Incarnations;

    /// <summary>Retransmissions, reordering and gaps; null without any.</summary>
    public StreamLedger? Ledger;

    /// <summary>Pending answer or acknowledgment; null without.</summary>
    public LossWatch? Watch;

    /// <summary>Data for other capture points to compare; null when not requested.</summary>
    public FlowTraceDraft? Trace;

    /// <summary>Fragments sent by the low endpoint.</summary>
    public SentFragments LowFragments;

    /// <summary>Fragments sent by the high endpoint.</summary>
    public SentFragments HighFragments;

    /// <summary>Where the request went, if this flow answers it from another endpoint; else the default.</summary>
    public Endpoint RequestedAt;

    /// <summary>True for a DHCP server's echo request to an address that it then offered.</summary>
    public bool IsOfferProbe;

    /// <summary>The frame that proved the protocol, when in another capture than the flow's first or its number is
    /// large; else number 0.</summary>
    public FrameReference ProtocolFrame;

    /// <summary>Type of the ICMP error about the flow; the flow's flags say whether there is one, and about whose
    /// packet.</summary>
    public byte ErrorType;

    public byte ErrorCode;

    public IpAddress ErrorSender;

    /// <summary>Frame of the ICMP error; number 0 without one.</summary>
    public FrameReference ErrorFrame;

    /// <summary>Frame of a reset sent by another device; number 0 without one.</summary>
    public FrameReference ResetFrame;

    /// <summary>Packets recorded twice.</summary>
    public long Duplicates;

    /// <summary>Those included in the packet and byte counts.</summary>
    public long CountedDuplicates;

    /// <summary>Insecure authentication by the client.</summary>
    public CredentialUse Credentials;

    /// <summary>Frame of the first of <see cref="Credentials"/>; number 0 when unknown.</summary>
    public FrameReference CredentialFrame;

    /// <summary>Uses of the connection; null or empty without any. The list is reused for the next flow.</summary>
    public List<CarriedUse>? Carried;

    /// <summary>Data carried in names, by domain; null without any.</summary>
    public List<CarriedNameTally>? CarriedNames;

    /// <summary>True when all fields have default values: the flow does not need it.</summary>
    public bool IsBlank =>
        Streams is null
        && Datagrams is null
        && Control is null
        && StartedAsRow == 0
        && DeclinedRow == 0
        && !IsUnsealed
        && Notes is null
        && Service is null
        && Refusal is null
        && Frames is null
        && Parent == 0
        && Incarnations == 0
        && Ledger is null
        && Watch is null
        && Trace is null
        && LowFragments == default
        && HighFragments == default
        && RequestedAt == default
        && !IsOfferProbe
        && ProtocolFrame == default
        && ErrorFrame == default
        && ResetFrame == default
        && Duplicates == 0
        && Credentials == CredentialUse.None
        && Carried is not { Count: > 0 }
        && CarriedNames is null;

    /// <summary>Resets all fields. Buffers must have been returned before.</summary>
    public void Clear()
    {
        Streams = null;
        Datagrams = null;
        Control = null;
        (StartedAsRow, DeclinedRow) = (0, 0);
        IsUnsealed = false;
        Notes = null;
        NotesLength = 0;
        Service = null;
        ServiceBasis = IdentificationBasis.None;
        Refusal = null;
        (Frames, FrameCount) = (null, 0);
        (Parent, Incarnations) = (0, 0);
        (Ledger, Watch, Trace) = (null, null, null);
        (LowFragments, HighFragments, RequestedAt, IsOfferProbe) = (default, default, default, false);
        (ProtocolFrame, ResetFrame) = (default, default);
        (ErrorType, ErrorCode, ErrorSender, ErrorFrame) = (0, 0, default, default);
        (Duplicates, CountedDuplicates) = (0, 0);
        (Credentials, CredentialFrame) = (CredentialUse.None, default);
        Carried?.Clear();
        CarriedNames = null;
    }

    public void Note(byte errorType, byte errorCode, IpAddress sender, FrameReference frame) =>
        (ErrorType, ErrorCode, ErrorSender, ErrorFrame) = (errorType, errorCode, sender, frame);

    /// <summary>Starts to keep frames. Initial room is small: a scan has millions of flows of one frame.</summary>
    public void BeginFrames() => Frames = new FrameReference[FramesAtFirst];

    /// <summary>Keeps a frame if frames are kept and there is room.</summary>
    public void KeepFrame(FrameReference frame)
    {
        if (Frames is null || FrameCount == FrameReference.MaximumPerFlow)
            return;
        if (FrameCount == Frames.Length)
            Array.Resize(ref Frames, Math.Min(FrameCount * 2, FrameReference.MaximumPerFlow));
        Frames[FrameCount++] = frame;
    }

    /// <summary>Replaces the refusal with the latest one; null withdraws it. The same code again changes
    /// nothing.</summary>
    public void Keep(RefusalDraft? latest, FrameReference frame)
    {
        if (latest is not { } draft)
            Refusal = null;
        else if (Refusal?.Code != draft.Code)
            Refusal = new Refusal(draft.Protocol, draft.Code, draft.Reason, draft.Basis, frame);
    }

    public void Note(CredentialUse use, FrameReference frame)
    {
        if (Credentials == CredentialUse.None)
            CredentialFrame = frame;
        Credentials |= use;
    }

    /// <summary>Adds a use of the connection unless present; false when there is no room.</summary>
    public bool Keep(in CarriedDraft use, FrameReference frame)
    {
        Carried ??= [];
        foreach (var kept in Carried)
        {
            if (kept.Kind == use.Kind && kept.Operation == use.Operation && kept.Name == use.Name)
                return true;
        }

        if (Carried.Count == CarriedUse.MaximumPerFlow)
            return false;
        Carried.Add(new CarriedUse(use.Kind, use.Name, use.Operation, frame));
        return true;
    }
}
