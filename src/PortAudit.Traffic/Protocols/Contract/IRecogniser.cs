namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>Recognises an application protocol by payload, on any port. Stateless, never throws. Called only for
/// undecided flows, and only for the transports of its registry row: one listed for a single transport need not check
/// it.</summary>
public interface IRecogniser
{
    /// <summary>Examines the start of a conversation. <see cref="RecogniserAnswer.NeedMoreData"/> means that the bytes
    /// agree so far; a decision is required within <see cref="Conversation.MaximumStreamLength"/> bytes of each
    /// direction.</summary>
    RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition);

    /// <summary>False when no datagram of the protocol begins with this byte, so the recogniser need not be called.
    /// Avoids two calls in three for unknown datagrams. Not used for streams.</summary>
    bool MayBeginWith(byte first) => true;

    /// <summary>Streams: true when every possible first response of a server is known, so that any other one, shown
    /// alone, is <see cref="RecogniserAnswer.NoMatch"/> and means that the server did not accept the request.</summary>
    bool KnowsReplies => false;
}
