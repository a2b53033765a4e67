using System.IO.Compression;
using System.Xml;

namespace TrafficAI.Sumo;

/// <summary>Opens SUMO's XML files, plain or gzip, whatever they are called.</summary>
internal static class SumoFile
{
    /// <summary>A forward-only reader that loads nothing from elsewhere.</summary>
    /// <exception cref="ScenarioException">The file cannot be opened.</exception>
    public static XmlReader Open(string path) =>
        XmlReader.Create(OpenBytes(path), new XmlReaderSettings
        {
            CloseInput = true,
            DtdProcessing = DtdProcessing.Ignore,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        });

    private static Stream OpenBytes(string path)
    {
        try
        {
            var file = File.OpenRead(path);
            var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
            file.Position = 0;
            return isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException($"{path}: cannot be read ({OneLine(e.Message)}). Check the path and the rights of the file.", e);
        }
    }

    public static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
