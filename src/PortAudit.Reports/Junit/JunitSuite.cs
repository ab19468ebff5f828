using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using PortAudit.Reports.Baseline;

namespace PortAudit.Reports.Junit;

/// <summary>A suite of tests.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Tests">Its tests.</param>
internal sealed record JunitSuite(string Name, ImmutableArray<JunitTest> Tests)
{
    public ImmutableArray<(string Name, string Value)> Properties { get; init; } = [];

    public ImmutableArray<string> Errors { get; init; } = [];

    /// <summary>Writes the element.</summary>
    /// <param name="xml">Where to.</param>
    /// <param name="index">Its index among the suites, from 0.</param>
    /// <param name="timestamp">Begin of the captures: seconds, without a time zone (<c>ISO8601_DATETIME_PATTERN</c> of
    /// the schema).</param>
    public void Write(XmlWriter xml, int index, string timestamp)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", JunitTest.Token(Name));
        xml.WriteAttributeString("package", AuditRun.ToolName);
        xml.WriteAttributeString("id", Number(index));
        xml.WriteAttributeString("timestamp", timestamp);
        xml.WriteAttributeString("hostname", "localhost");
        xml.WriteAttributeString("tests", Number(Tests.Length));
        xml.WriteAttributeString("failures", Number(Count(JunitResult.Failed)));
        xml.WriteAttributeString("errors", Number(Count(JunitResult.Error)));
        xml.WriteAttributeString("skipped", Number(Count(JunitResult.Skipped)));
        xml.WriteAttributeString("time", "0");
        WriteProperties(xml);
        foreach (var test in Tests)
            test.Write(xml);
        xml.WriteElementString("system-out", "");
        xml.WriteElementString("system-err", string.Join('\n', Errors.Select(JunitTest.Text)));
        xml.WriteEndElement();
    }

    private void WriteProperties(XmlWriter xml)
    {
        xml.WriteStartElement("properties");
        foreach (var (name, value) in Properties)
        {
            xml.WriteStartElement("property");
            xml.WriteAttributeString("name", name);
            xml.WriteAttributeString("value", JunitTest.Text(value));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private int Count(JunitResult result) => Tests.Count(test => test.Result == result);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
