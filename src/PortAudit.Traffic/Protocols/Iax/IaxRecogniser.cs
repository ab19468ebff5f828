using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Iax;

/// <summary>Recognises IAX2 over UDP (RFC 5456) by a frame beginning a call, or by two full frames in opposite
/// directions with matching call numbers. Voice mini frames alone are not recognisable.</summary>
internal sealed class IaxRecogniser : IRecogniser
{
    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first >= 0x80;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var isFromOriginator = conversation.FromResponder.IsEmpty;
        var bytes = isFromOriginator ? conversation.FromOriginator : conversation.FromResponder;
        if (!IaxFullFrame.TryParse(bytes, out var frame, out _))
            return RecogniserAnswer.NoMatch;
        if (frame.IsNewCall)
        {
            recognition.Client = isFromOriginator ? ClientSide.Originator : ClientSide.Responder;
            return RecogniserAnswer.Match;
        }

        return IsAnswered(frame, isFromOriginator, conversation.Earlier, ref recognition)
            ? RecogniserAnswer.Match
            : RecogniserAnswer.NeedMoreData;
    }

    private static bool IsAnswered(IaxFullFrame frame, bool isFromOriginator, in DatagramHistory earlier,
        ref Recognition recognition)
    {
        for (var i = 0; i < earlier.Count; i++)
        {
            var datagram = earlier[i];
            if (datagram.IsFromOriginator == isFromOriginator
                || !IaxFullFrame.TryParse(datagram.Head, out var before, out _)
                || frame.DestinationCall != before.SourceCall)
                continue;
            if (before.Begins)
                recognition.Client = datagram.IsFromOriginator ? ClientSide.Originator : ClientSide.Responder;
            if (before.Begins || frame.SourceCall == before.DestinationCall)
                return true;
        }

        return false;
    }
}
