using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Simple;

/// <summary>Recognises daytime (RFC 867) by a reply of one line with only a date. A shape, as a greeting may be a date;
/// over TCP the client sends nothing.</summary>
internal sealed class DaytimeRecogniser : IRecogniser
{
    /// <inheritdoc />
    public bool MayBeginWith(byte first) => Ascii.TextCharacters.Contains(first);

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var isByResponder = conversation.FromOriginator.IsEmpty;
        if (!isByResponder && !conversation.FromResponder.IsEmpty)
            return RecogniserAnswer.NoMatch;
        var bytes = isByResponder ? conversation.FromResponder : conversation.FromOriginator;
        var answer = Weigh(bytes, conversation.Transport == IpProtocol.Tcp);
        recognition.Strength = MatchStrength.Shape;
        recognition.Client = isByResponder ? ClientSide.Originator : ClientSide.Responder;
        return answer;
    }

    private static RecogniserAnswer Weigh(ReadOnlySpan<byte> bytes, bool isStream)
    {
        var open = isStream ? RecogniserAnswer.NeedMoreData : RecogniserAnswer.NoMatch;
        if (bytes.IsEmpty)
            return open;
        if (bytes.Length > DateForm.MaximumLength || bytes.ContainsAnyExcept(Ascii.TextCharacters))
            return RecogniserAnswer.NoMatch;
        var lines = new TextLines(bytes[0] == '\n' ? bytes[1..] : bytes);
        if (!lines.MoveNext())
            return open;
        return lines.Rest.IsEmpty && DateForm.Fits(lines.Line) ? RecogniserAnswer.Match : RecogniserAnswer.NoMatch;
    }
}
