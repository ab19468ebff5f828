using System.Xml;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Junit;

/// <summary>What became of a test.</summary>
internal enum JunitResult
{
    /// <summary>As it should be.</summary>
    Passed,

    /// <summary>Not decided, or not asked for.</summary>
    Skipped,

    /// <summary>Something is wrong with the network.</summary>
    Failed,

    /// <summary>Something is wrong with the input.</summary>
    Error,
}

/// <summary>One test of a suite.</summary>
/// <param name="ClassName">By what viewers group it: a package and a class separated by a point.</param>
/// <param name="Name">Its name.</param>
/// <param name="Result">What became of it.</param>
/// <param name="Type">A word for the kind of failure; the status for a test that was skipped.</param>
/// <param name="Message">Why, one sentence; empty for one that passed.</param>
/// <param name="Details">More lines for a failure.</param>
internal sealed record JunitTest(string ClassName, string Name, JunitResult Result, string Type = "",
    string Message = "", string Details = "")
{
    public void Write(XmlWriter xml)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", Token(Name));
        xml.WriteAttributeString("classname", Token(ClassName));
        xml.WriteAttributeString("time", "0");
        if (Result != JunitResult.Passed)
            WriteResult(xml);
        xml.WriteEndElement();
    }

    /// <summary>Text as XML may hold it (XML 1.0 §2.2): characters that cannot be seen, most of which are not allowed,
    /// are written out.</summary>
    public static string Text(string text) => VisibleText.Escape(text);

    /// <summary>Text with whitespace trimmed and collapsed (<c>xs:token</c>), for names of suites and tests.</summary>
    public static string Token(string text) =>
        string.Join(' ', Text(text).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private void WriteResult(XmlWriter xml)
    {
        var isSkipped = Result == JunitResult.Skipped;
        xml.WriteStartElement(isSkipped ? "skipped" : Result == JunitResult.Error ? "error" : "failure");
        xml.WriteAttributeString("message", Text(Message));
        if (!isSkipped)
            xml.WriteAttributeString("type", Text(Type));
        xml.WriteString(string.Join('\n', Details.Split('\n').Select(Text)));
        xml.WriteEndElement();
    }
}
