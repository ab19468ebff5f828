using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Streams;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// What only some flows need: those with a payload to identify, an error about them, or a tunnel around them. Kept
/// apart so that the many flows of a scan stay small; taken from a <see cref="FlowDetailPool"/> and given back when the
/// flow ends. One flow in ten has one, mostly for the name of a service.
/// </summary>
internal sealed class FlowDetail
{
    /// <summary>Frame numbers that a flow has room for at first.</summary>
    private const int FramesAtFirst = 2;

    /// <summary>The streams' starts while the flow is being identified; null before and after.</summary>
    public StreamStart? Streams;

    /// <summary>The datagrams' heads while the flow is being identified; null before and after, and where nobody needs
    /// them.</summary>
    public DatagramMemory? Datagrams;

    /// <summary>The conversation while it is followed for the ports that it announces; null before and after.</summary>
    public ControlConversation? Control;

    /// <summary>Index plus one of the registry's row with which the conversation began before it went over to another
    /// one; 0 when it did not.</summary>
    public ushort StartedAsRow;

    /// <summary>Index plus one of the registry's row of what the client asked for and the server did not accept; 0 when
    /// there is nothing of the kind.</summary>
    public ushort DeclinedRow;

    /// <summary>True when what was encrypted went on in clear.</summary>
    public bool IsUnsealed;

    /// <summary>Condensed TLS handshake in a pooled buffer; null without one.</summary>
    public byte[]? Notes;

    /// <summary>Length of <see cref="Notes"/> in bytes.</summary>
    public int NotesLength;

    /// <summary>Finer name; one of a fixed set of strings.</summary>
    public string? Service;

    /// <summary>What <see cref="Service"/> rests on.</summary>
    public IdentificationBasis ServiceBasis;

    /// <summary>The answer by which it was refused; null without one.</summary>
    public Refusal? Refusal;

    /// <summary>The first frames, when they are kept, and room for more, of number 0; null otherwise.</summary>
    public FrameReference[]? Frames;

    /// <summary>Number of frames that are kept. Packets may be more: fragments that came before the one with the ports
    /// count with it.</summary>
    public int FrameCount;

    /// <summary>Identifier of the flow that carries this one; 0 when none does.</summary>
    public ulong Parent;

    /// <summary>Flows before it that had its key and its start.</summary>
    public int Incarnations;

    /// <summary>What did not come once and in order; null while all did.</summary>
    public StreamLedger? Ledger;

    /// <summary>What the connection waits for; null while it waits for nothing.</summary>
    public LossWatch? Watch;

    /// <summary>What other capture points may compare; null where nobody asks for it.</summary>
    public FlowTraceDraft? Trace;

    /// <summary>Fragments that the low endpoint sent.</summary>
    public SentFragments LowFragments;

    /// <summary>Fragments that the high endpoint sent.</summary>
    public SentFragments HighFragments;

    /// <summary>Where the request went that this flow answers from another endpoint; the default for any other
    /// flow.</summary>
    public Endpoint RequestedAt;

    /// <summary>True when a server of DHCP offered the address soon after, to which its echo request went.</summary>
    public bool IsOfferProbe;

    /// <summary>
    /// The frame that proved the protocol, when it is in another capture than the flow's first or its number is a large
    /// one; else number 0.
    /// </summary>
    public FrameReference ProtocolFrame;

    /// <summary>
    /// ICMP type of the error about the flow; the marks of the flow say that there is one, and whose packet it quotes.
    /// </summary>
    public byte ErrorType;

    /// <summary>ICMP code of the error.</summary>
    public byte ErrorCode;

    /// <summary>Sender of the ICMP error.</summary>
    public IpAddress ErrorSender;

    /// <summary>The frame of the ICMP error; number 0 without one.</summary>
    public FrameReference ErrorFrame;

    /// <summary>The frame of a reset that another device sent; number 0 without one.</summary>
    public FrameReference ResetFrame;

    /// <summary>Packets that repeat another record of themselves.</summary>
    public long Duplicates;

    /// <summary>Those of them that are in the packet and byte counts.</summary>
    public long CountedDuplicates;

    /// <summary>How a client proved who it is, where it should not have.</summary>
    public CredentialUse Credentials;

    /// <summary>The frame with which the first of <see cref="Credentials"/> was seen; number 0 when it is not
    /// known.</summary>
    public FrameReference CredentialFrame;

    /// <summary>What the connection was used for; null or empty while nothing was seen. The list stays for the
    /// next flow.</summary>
    public List<CarriedUse>? Carried;

    /// <summary>What its names carry, by domain; null while they carry nothing.</summary>
    public List<CarriedNameTally>? CarriedNames;

    /// <summary>True when nothing in it is needed: the flow can do without.</summary>
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

    /// <summary>Makes it as new. Buffers must have been given back before.</summary>
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

    /// <summary>Keeps an ICMP error about the flow.</summary>
    public void Note(byte errorType, byte errorCode, IpAddress sender, FrameReference frame) =>
        (ErrorType, ErrorCode, ErrorSender, ErrorFrame) = (errorType, errorCode, sender, frame);

    /// <summary>Makes room for the first frames, which are kept from here on. A scan has millions of flows of one
    /// frame, so it is little.</summary>
    public void BeginFrames() => Frames = new FrameReference[FramesAtFirst];

    /// <summary>Keeps a frame where frames are kept and there is room.</summary>
    public void KeepFrame(FrameReference frame)
    {
        if (Frames is null || FrameCount == FrameReference.MaximumPerFlow)
            return;
        if (FrameCount == Frames.Length)
            Array.Resize(ref Frames, Math.Min(FrameCount * 2, FrameReference.MaximumPerFlow));
        Frames[FrameCount++] = frame;
    }

    /// <summary>
    /// Keeps the refusal that the latest reading found, in place of an earlier one; null withdraws it. The same code
    /// again changes nothing.
    /// </summary>
    public void Keep(RefusalDraft? latest, FrameReference frame)
    {
        if (latest is not { } draft)
            Refusal = null;
        else if (Refusal?.Code != draft.Code)
            Refusal = new Refusal(draft.Protocol, draft.Code, draft.Reason, draft.Ground, frame);
    }

    /// <summary>Notes how a client proved who it is.</summary>
    public void Note(CredentialUse use, FrameReference frame)
    {
        if (Credentials == CredentialUse.None)
            CredentialFrame = frame;
        Credentials |= use;
    }

    /// <summary>Keeps a use of the connection, unless it is kept already; false when there is no room for it.</summary>
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
