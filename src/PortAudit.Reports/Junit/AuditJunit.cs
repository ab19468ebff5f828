using System.Text;
using System.Xml;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Junit;

/// <summary>
/// The audit as JUnit XML for continuous integration: the captures, a suite for each catalog with its rules, and the
/// findings. Valid for the schemas of Jenkins (xunit plugin, junit-10) and Apache Ant (Windy Road). It has failures
/// exactly when findings fail the run.
/// </summary>
public static class AuditJunit
{
    /// <summary>Digits of the time of a suite: the schema has none behind the second.</summary>
    private const int SecondLength = 19;

    private static readonly XmlWriterSettings Settings = new()
    {
        Indent = true,
        IndentChars = "  ",
        NewLineChars = "\n",
        NewLineHandling = NewLineHandling.Replace,
        OmitXmlDeclaration = true
    };

    /// <summary>Writes the document with a line end behind it.</summary>
    public static void Write(AuditRun run, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(writer);
        var timestamp =
            ReportTime.Format(run.Report.Coverage.WindowStartNs ?? 0, ReportTime.MicrosecondDigits)[..SecondLength];
        var rules = new JunitRules(run);
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        using (var xml = XmlWriter.Create(text, Settings))
        {
            xml.WriteStartElement("testsuites");
            foreach (var (index, suite) in rules.Suites.Prepend(JunitCaptures.Of(run))
                .Append(JunitFindings.Of(run, rules)).Index())
                suite.Write(xml, index, timestamp);
            xml.WriteEndElement();
        }

        writer.Write(text.ToString());
        writer.Write('\n');
    }
}
